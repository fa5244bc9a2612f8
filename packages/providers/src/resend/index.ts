export { type ResendAccount, resend } from "./send.ts";
