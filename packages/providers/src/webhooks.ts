export { type MetaSecrets, metaChallenge, metaWebhook } from "./meta/webhook.ts";
export { type ResendSecrets, resendWebhook } from "./resend/webhook.ts";
export { snsCertificates } from "./ses/certificate.ts";
export { type SesSecrets, sesWebhook } from "./ses/webhook.ts";
export { type StripeSecrets, stripeWebhook } from "./stripe/webhook.ts";
export { type TwilioSecrets, twilioWebhook } from "./twilio/webhook.ts";
export {
  BadSignature,
  type Incoming,
  type Message,
  type PaymentNews,
  type Receipt,
  StaleTimestamp,
  type Verified,
  type Webhook,
  type WebhookRequest,
} from "./webhook/index.ts";
