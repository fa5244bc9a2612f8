export { type MetaAccount, meta } from "./send.ts";
