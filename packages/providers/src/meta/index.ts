export { type MetaAccount, meta } from "./send.ts";
export { metaVerdict } from "./verdict.ts";
