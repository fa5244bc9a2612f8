export * as Deposit from "./deposit/index.ts";
export * as Payment from "./payment/index.ts";
