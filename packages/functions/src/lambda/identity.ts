import { identityApi } from "../api/identity.ts";
import { fromEnvironment } from "../environment.ts";

export const handler = identityApi(fromEnvironment());
