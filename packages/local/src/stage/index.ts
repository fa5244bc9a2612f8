export type { ServedWorkflows, ServeWorkflows, WorkflowsOfStage } from "./serve.ts";
export { type Stage, type StageOptions, startStage } from "./stage.ts";
