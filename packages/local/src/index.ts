export { type Stage, type StageOptions, startStage } from "./stage/index.ts";
