export { Refused, TryLater } from "./failure.ts";
export type { Checkout, Provider, Providers, Refund, Refunded } from "./payment.ts";
