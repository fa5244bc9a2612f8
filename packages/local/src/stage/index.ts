export { type Stage, type StageOptions, startStage } from "./stage.ts";
