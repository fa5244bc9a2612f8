import type { OpenApiDocument, Operation, Parameter } from "../shape.ts";
import { exampleOf } from "./schema.ts";

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** A call on the command line; `$TURNO` is the address of the API and `$TOKEN` what its caller holds. */
export function curl(
  document: OpenApiDocument,
  path: string,
  method: string,
  { parameters = [], requestBody, security }: Operation,
): string {
  const example = ({ schema }: Parameter): string => String(exampleOf(document, schema));
  const of = (place: string) => parameters.filter((parameter) => parameter.in === place);
  const filled = of("path").reduce((url, part) => url.replace(`{${part.name}}`, example(part)), path);
  const query = of("query")
    .filter(({ required }) => required)
    .map((part) => `${part.name}=${encodeURIComponent(example(part))}`);
  const body = requestBody?.content["application/json"];
  const headers = [
    ...(security.length > 0 && !security.some((way) => Object.keys(way).length === 0)
      ? [`-H "Authorization: Bearer $TOKEN"`]
      : []),
    ...of("header").map((part) => `-H ${quoted(`${part.name}: ${example(part)}`)}`),
    ...(body ? [`-H 'Content-Type: application/json'`] : []),
  ];
  const content = body && `-d ${quoted(JSON.stringify(body.example ?? exampleOf(document, body.schema)))}`;
  const url = `"$TURNO${filled}${query.length > 0 ? `?${query.join("&")}` : ""}"`;
  const verb = method === "get" ? "" : `-X ${method.toUpperCase()} `;
  return [`curl ${verb}${url}`, ...headers, ...(content ? [content] : [])].join(" \\\n  ");
}
