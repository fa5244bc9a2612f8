import document from "../../openapi.json" with { type: "json" };
import type { OpenApiDocument } from "./shape.ts";

/** The API as OpenAPI 3.1: written by `npm run openapi`, never at run time. */
// The type of a JSON module is its exact text, which says less than the shape that the page reads.
export const openApi = document as unknown as OpenApiDocument;

export { documentationPage } from "./page/page.ts";
export type { OpenApiDocument } from "./shape.ts";
