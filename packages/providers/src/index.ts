export { ProviderName } from "./name.ts";
