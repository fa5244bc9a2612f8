export * as Channel from "./channel/index.ts";
export * as Contact from "./contact/index.ts";
export * as Delivery from "./delivery/index.ts";
export * as Reply from "./reply/index.ts";
export * as Template from "./template/index.ts";
