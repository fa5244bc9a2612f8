export { DepositStatus, DepositView } from "./deposit/deposit.ts";
