export { RESEND_SIGNING_SECRET, resendStandIn } from "./stand-in.ts";
