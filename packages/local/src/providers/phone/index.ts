export { phonePage, type Shown, type Written } from "./page.ts";
