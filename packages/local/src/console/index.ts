export { consoleFor, consoleRoutes, type Machine } from "./console.ts";
