export { readSecrets } from "./secrets.ts";
