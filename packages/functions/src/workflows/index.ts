export { channelsFromEnvironment } from "./channel.ts";
export { requireSignatures, type UrlHandler, workflowsUrl } from "./workflows-url.ts";
