import type { OpenApiDocument, Parameter, Schema } from "../shape.ts";
import { type Html, html, prose } from "./html.ts";
import { limitsOf, resolved, typeOf } from "./schema.ts";

interface Field {
  readonly name: string;
  readonly place?: string;
  readonly required: boolean;
  readonly description?: string;
  readonly schema: Schema;
}

const DEEPEST = 3;

/** The fields of an object with those inside them: `changes.newSlotId`, `items[].slotId`. */
function* fieldsOf(document: OpenApiDocument, given: Schema, prefix = "", depth = 0): Generator<Field> {
  const schema = resolved(document, given);
  for (const choice of schema.oneOf ?? []) yield* fieldsOf(document, choice, prefix, depth);
  for (const [name, inner] of Object.entries(schema.properties ?? {})) {
    const field = resolved(document, inner);
    const description = inner.description ?? field.description;
    yield {
      name: prefix + name,
      required: schema.required?.includes(name) ?? false,
      schema: inner,
      ...(description && { description }),
    };
    if (depth === DEEPEST) continue;
    if (field.items) yield* fieldsOf(document, field.items, `${prefix}${name}[].`, depth + 1);
    else yield* fieldsOf(document, inner, `${prefix}${name}.`, depth + 1);
  }
}

function row(document: OpenApiDocument, { name, place, required, description, schema }: Field): Html {
  const limits = limitsOf(resolved(document, schema)).join(", ");
  return html`
<tr>
  <th scope="row"><code>${name}</code>${place && html` <small>${place}</small>`}</th>
  <td><code class="type">${typeOf(document, schema)}</code>${!required && html` <small>optional</small>`}</td>
  <td>${description && prose(description)} ${limits !== "" && html`<small>${limits}</small>`}</td>
</tr>`;
}

const table = (rows: readonly Html[]): Html => html`<table><tbody>${rows}</tbody></table>`;

/** A table of what goes into path, query and headers. */
export const parameterTable = (document: OpenApiDocument, parameters: readonly Parameter[]): Html =>
  table(
    parameters.map(({ in: place, name, required = false, description, schema }) =>
      row(document, { name, place, required, schema, ...(description && { description }) }),
    ),
  );

/** A table of the fields of a body or an answer; of the members where it has several forms. */
export function fieldTable(document: OpenApiDocument, schema: Schema): Html {
  const seen = new Set<string>();
  const fields = [...fieldsOf(document, schema)].filter(({ name, schema: inner }) => {
    const key = `${name} ${typeOf(document, inner)}`;
    return !seen.has(key) && seen.add(key);
  });
  return table(fields.map((field) => row(document, field)));
}
