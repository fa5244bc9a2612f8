import type { Content, OpenApiDocument, Operation, Reference, Response } from "../shape.ts";
import { curl } from "./curl.ts";
import { fieldTable, parameterTable } from "./fields.ts";
import { type Html, html, prose } from "./html.ts";
import { exampleOf } from "./schema.ts";

/** Who may call, in words. */
function accessOf({ security }: Operation): string {
  const names = security.map((requirement) => {
    const [name, roles = []] = Object.entries(requirement)[0] ?? ["anybody"];
    if (name === "link") return "the patient's link";
    if (name === "signature") return "the provider's signature";
    if (name === "staff") return roles.length > 0 ? `staff: ${roles.join(", ")}` : "staff";
    return "anybody";
  });
  return names.length > 0 ? names.join(" or ") : "anybody";
}

const json = (value: unknown): Html => html`<pre><code>${JSON.stringify(value, null, 2)}</code></pre>`;

const section = (title: string, ...parts: (Html | false | undefined)[]): Html =>
  html`<section><h4>${title}</h4>${parts}</section>`;

function bodySection(document: OpenApiDocument, [mediaType, content]: [string, Content]): Html {
  const { schema, example } = content;
  return section(
    `Body, ${mediaType}`,
    fieldTable(document, schema),
    json(example ?? exampleOf(document, schema)),
  );
}

function answerSection(document: OpenApiDocument, status: string, response: Response): Html {
  const [content] = Object.entries(response.content ?? {});
  if (!content) return section(`Answers ${status}, without a body`);
  const [mediaType, { schema }] = content;
  if (mediaType !== "application/json") return section(`Answers ${status}, ${mediaType}`);
  return section(
    `Answers ${status}`,
    html`<details><summary>Fields</summary>${fieldTable(document, schema)}</details>`,
    json(exampleOf(document, schema)),
  );
}

const isReference = (response: Response | Reference): response is Reference => "$ref" in response;

/** The types that a failed call may have, from the examples of its responses. */
function failureTypes({ components }: OpenApiDocument, operation: Operation): string[] {
  return Object.values(operation.responses)
    .map((response) =>
      isReference(response) ? components.responses[response.$ref.split("/").at(-1)!]! : response,
    )
    .flatMap(({ content }) => Object.keys(content?.["application/problem+json"]?.examples ?? {}));
}

function failureSection(document: OpenApiDocument, operation: Operation): Html {
  const rows = failureTypes(document, operation).map((type) => {
    const { summary, value } = document.components.examples[type]!;
    return html`<tr><th scope="row"><code>${type}</code></th><td>${value.status}</td><td>${summary}</td></tr>`;
  });
  return section("Fails with", html`<table><tbody>${rows}</tbody></table>`);
}

/** One operation, from what it is for to what may go wrong. */
export function article(document: OpenApiDocument, path: string, method: string, operation: Operation): Html {
  const { operationId, summary, description, parameters = [], requestBody, responses } = operation;
  const [body] = Object.entries(requestBody?.content ?? {});
  const answers = Object.entries(responses).filter(([status]) => status.startsWith("2"));
  return html`
<article id="${operationId}">
  <h3><a href="#${operationId}"><span class="method ${method}">${method.toUpperCase()}</span> <code>${path}</code></a></h3>
  <p class="summary">${summary}<span class="access">${accessOf(operation)}</span></p>
  ${description && html`<p>${prose(description)}</p>`}
  ${parameters.length > 0 && section("Parameters", parameterTable(document, parameters))}
  ${body && bodySection(document, body)}
  ${answers.map(([status, response]) => answerSection(document, status, response as Response))}
  ${failureSection(document, operation)}
  ${section("Try it", html`<pre><code>${curl(document, path, method, operation)}</code></pre>`)}
</article>`;
}
