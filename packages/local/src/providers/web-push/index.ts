export { type Subscription, webPushStandIn } from "./stand-in.ts";
