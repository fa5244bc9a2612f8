export { channelsFrom, configuredIn, paymentsFrom } from "./environment.ts";
export { type MetaAccount, meta, metaVerdict } from "./meta/index.ts";
export { type ResendAccount, resend } from "./resend/index.ts";
export { type SesAccount, ses } from "./ses/index.ts";
export { type StripeAccount, stripe } from "./stripe/index.ts";
export { type TwilioAccount, twilio, twilioVerdict } from "./twilio/index.ts";
export type { Verdict } from "./verdict.ts";
export { type WebPushAccount, webPush } from "./web-push/index.ts";
