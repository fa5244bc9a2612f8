export { SyncRefused } from "./definition/rules.ts";
export { type Engine, type EngineOptions, startEngine } from "./engine.ts";
export type { RunFilter, RunView, StepView } from "./http/view.ts";
export { JournalUnreadable } from "./state/journal.ts";
