import type { OpenApiDocument, Operation } from "../shape.ts";
import { Html, html, prose } from "./html.ts";
import { article } from "./operation.ts";
import { style } from "./style.ts";

interface Entry {
  readonly path: string;
  readonly method: string;
  readonly operation: Operation;
}

const entriesOf = ({ paths }: OpenApiDocument, tag: string): Entry[] =>
  Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([, operation]) => operation.tags.includes(tag))
      .map(([method, operation]) => ({ path, method, operation })),
  );

const navigation = (tag: string, entries: readonly Entry[]): Html => html`
<h2>${tag}</h2>
${entries.map(
  ({ method, operation: { operationId, summary } }) =>
    html`<a href="#${operationId}" title="${summary}"><span class="method ${method}">${method.toUpperCase()}</span>${summary}</a>`,
)}`;

/** The API as one page to read: made of the document alone, with nothing to fetch and nothing that runs. */
export function documentationPage(document: OpenApiDocument): string {
  const { title, description = "" } = document.info;
  const sections = (document.tags ?? []).map((tag) => ({ ...tag, entries: entriesOf(document, tag.name) }));
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} API</title>
<link rel="icon" href="data:,">
<style>${new Html(style)}</style>
</head>
<body>
<nav aria-label="Operations">
<strong>${title} API</strong>
${sections.map(({ name, entries }) => navigation(name, entries))}
<h2>Machines</h2>
<a href="/v1/openapi.json">openapi.json</a>
</nav>
<main>
<header><h1>${title} API</h1>${description.split("\n\n").map((text) => html`<p>${prose(text)}</p>`)}</header>
${sections.map(
  ({ name, description: about = "", entries }) => html`
<h2 id="${name}">${name}</h2><p>${about}</p>
${entries.map(({ path, method, operation }) => article(document, path, method, operation))}`,
)}
</main>
</body>
</html>
`;
  return page.text;
}
