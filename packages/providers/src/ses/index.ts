export { type SesAccount, ses } from "./send.ts";
