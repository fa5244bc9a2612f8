export { type Client, client, type InngestOptions } from "./client.ts";
export { type Workflows, workflows } from "./workflows.ts";
