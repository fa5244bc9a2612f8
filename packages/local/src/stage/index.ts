export { PROVIDER_KEY, type Stage, type StageOptions, startStage } from "./stage.ts";
