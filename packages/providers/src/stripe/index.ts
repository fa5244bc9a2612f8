export { type StripeAccount, stripe } from "./send.ts";
