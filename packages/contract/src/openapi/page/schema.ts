import type { OpenApiDocument, Schema } from "../shape.ts";

/** The schema that a reference names, or the schema itself. */
export function resolved({ components }: OpenApiDocument, schema: Schema): Schema {
  const name = schema.$ref?.split("/").at(-1);
  return name === undefined ? schema : components.schemas[name]!;
}

/** A schema in a word or two: `string`, `array of integer`, `low | normal | high`. */
export function typeOf(document: OpenApiDocument, schema: Schema): string {
  const { type, format, items, const: only, enum: values, anyOf, oneOf } = resolved(document, schema);
  if (only !== undefined) return JSON.stringify(only);
  if (values) return values.map((value) => JSON.stringify(value)).join(" | ");
  const choices = anyOf ?? oneOf;
  if (choices) return [...new Set(choices.map((choice) => typeOf(document, choice)))].join(" | ");
  if (type === "array" && items) return `array of ${typeOf(document, items)}`;
  return format ?? [type ?? "any"].flat().join(" | ");
}

/** What a value may be at most and at least, in words. */
export function limitsOf(schema: Schema): string[] {
  const { minLength, maxLength, minimum, maximum, multipleOf, default: usual } = schema;
  const isBounded = (limit: number | undefined): limit is number =>
    limit !== undefined && Math.abs(limit) < Number.MAX_SAFE_INTEGER;
  return [
    ...(minLength ? [minLength === 1 ? "not empty" : `at least ${minLength} characters`] : []),
    ...(maxLength ? [`at most ${maxLength} characters`] : []),
    ...(isBounded(minimum) ? [`from ${minimum}`] : []),
    ...(isBounded(maximum) ? [`up to ${maximum}`] : []),
    ...(multipleOf ? [`in steps of ${multipleOf}`] : []),
    ...(usual !== undefined ? [`${JSON.stringify(usual)} when left out`] : []),
  ];
}

/** A value that the schema allows, from its examples where it has some. */
export function exampleOf(document: OpenApiDocument, given: Schema): unknown {
  const schema = resolved(document, given);
  if (schema.example !== undefined) return schema.example;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.default !== undefined) return schema.default;
  const [choice] = schema.oneOf ?? schema.anyOf ?? [];
  if (choice) return exampleOf(document, choice);
  if (schema.properties) {
    return Object.fromEntries(
      Object.entries(schema.properties).map(([name, field]) => [name, exampleOf(document, field)]),
    );
  }
  if (schema.items) return [exampleOf(document, schema.items)];
  return plainExamples[[schema.type ?? "object"].flat()[0]!];
}

const plainExamples: Record<string, unknown> = {
  string: "…",
  integer: 1,
  number: 1,
  boolean: true,
  array: [],
  object: {},
  null: null,
};
