export { META_APP_SECRET, META_VERIFY_TOKEN, metaStandIn } from "./stand-in.ts";
