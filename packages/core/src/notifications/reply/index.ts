export { type Meaning, understand } from "./reply.ts";
