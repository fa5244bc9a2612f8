export { channelsFrom, configuredIn, paymentsFrom } from "./environment.ts";
export { type MetaAccount, meta } from "./meta/index.ts";
export { type ResendAccount, resend } from "./resend/index.ts";
export { type SesAccount, ses } from "./ses/index.ts";
export { type TwilioAccount, twilio } from "./twilio/index.ts";
export { type WebPushAccount, webPush } from "./web-push/index.ts";
