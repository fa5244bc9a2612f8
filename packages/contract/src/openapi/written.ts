import document from "../../openapi.json" with { type: "json" };
import type { OpenApiDocument } from "./shape.ts";

/**
 * The API as OpenAPI 3.1: written by `npm run openapi`, never at run time.
 *
 * A Lambda holds it packed and unpacks it when it is asked for: `infra/bundle/openapi.ts`.
 */
// The type of a JSON module is its exact text, which says less than the shape that the page reads.
export const openApi = (): OpenApiDocument => document as unknown as OpenApiDocument;
