export { PaymentFault, type Payments, startPayments, type Taken } from "./payments.ts";
