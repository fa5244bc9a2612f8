import { schedulingApi } from "../api/scheduling.ts";
import { fromEnvironment } from "../environment.ts";

export const handler = schedulingApi(fromEnvironment());
