export { type Thrown, throwingOnce } from "./throwing.ts";
