export { find } from "./deposit.store.ts";
export {
  type Deposit,
  type DepositStatus,
  DepositView,
  givenBack,
  isPaid,
  Misfit,
  viewOf,
} from "./deposit.ts";
export { refund } from "./refund.ts";
export { request } from "./request.ts";
export { lapsed, paid, refundSettled } from "./settle.ts";
