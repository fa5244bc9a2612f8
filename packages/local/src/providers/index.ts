export { Fault, type Message, type Said } from "./office/index.ts";
export { phonePage } from "./phone/index.ts";
export { type Providers, type Saying, startProviders } from "./providers.ts";
export { PaymentFault, type Payments, startPayments, type Taken } from "./stripe/index.ts";
