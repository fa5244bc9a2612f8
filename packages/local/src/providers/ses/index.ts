export { SES_TOPIC, sesStandIn } from "./stand-in.ts";
