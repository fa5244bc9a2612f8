export { documentationPage } from "./page/page.ts";
export type { OpenApiDocument } from "./shape.ts";
export { openApi } from "./written.ts";
