export { PaymentFault, type Payments, startPayments } from "./payments.ts";
