export { type Client, client, type InngestOptions } from "./client.ts";
export { publishTo } from "./publish.ts";
export { type Workflows, workflows } from "./workflows.ts";
