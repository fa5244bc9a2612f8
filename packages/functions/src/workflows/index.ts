export { requireSignatures, type UrlHandler, workflowsUrl } from "./workflows-url.ts";
