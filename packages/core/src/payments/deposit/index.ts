export { find } from "./deposit.store.ts";
export {
  type Deposit,
  type DepositStatus,
  DepositView,
  isPaid,
  Misfit,
  viewOf,
} from "./deposit.ts";
export { refund } from "./refund.ts";
export { givenBack } from "./refunding.ts";
export { request } from "./request.ts";
export { lapsed, paid, refundSettled } from "./settle.ts";
