export { phonePage, type Shown } from "./page.ts";
