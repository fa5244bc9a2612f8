export { type Demo, describeDemo, openDemo } from "./open.ts";
