import { platformApi } from "../api/platform.ts";
import { fromEnvironment } from "../environment.ts";

export const handler = platformApi(fromEnvironment());
