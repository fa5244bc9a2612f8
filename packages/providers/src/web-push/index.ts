export { type WebPushAccount, webPush } from "./send.ts";
