export { broken, EpochSeconds, jsonIn, Moment, Phone, reading, reasonOf } from "./reading.ts";
export { isSame, requireFresh } from "./signature.ts";
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
} from "./webhook.ts";
