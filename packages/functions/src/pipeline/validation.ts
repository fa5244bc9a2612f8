import type { FieldError } from "@turno/contract";
import { Refusal } from "@turno/core/platform";
import type * as z from "zod";
import { known, type Piece } from "./exchange.ts";

/** A call that is not as the contract says, with everything that is wrong with it. */
export class NotAsAgreed extends Refusal {
  constructor(errors: readonly FieldError[]) {
    super("invalid", "The request is not valid.", { errors });
  }
}

type Place = NonNullable<FieldError["in"]>;

/** Holds path, query and body against the contract: all that is wrong is answered at once. */
export const validation = (): Piece => ({
  before: ({ event }) => {
    const { params, query, body } = known(event, "route");
    const errors: FieldError[] = [];
    const check = (place: Place, schema: z.ZodType | undefined, given: unknown): unknown => {
      if (!schema) return {};
      const result = schema.safeParse(given, { error: missing });
      if (result.success) return result.data;
      errors.push(...result.error.issues.flatMap((issue) => fieldErrors(place, issue)));
      return undefined;
    };
    const checked = {
      params: check("path", params, event.pathParameters ?? {}),
      query: check("query", query, event.queryStringParameters ?? {}),
      body: check("body", body, known(event, "body")),
    };
    if (errors.length > 0) throw new NotAsAgreed(errors);
    Object.assign(event.exchange, checked);
  },
});

const missing = ({ input }: { readonly input?: unknown }): string | undefined =>
  input === undefined ? "is required" : undefined;

function fieldErrors(place: Place, issue: z.core.$ZodIssue): FieldError[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => error(place, [...issue.path, key], "is not a field of this"));
  }
  return [error(place, issue.path, issue.message)];
}

const error = (place: Place, path: readonly PropertyKey[], detail: string): FieldError => ({
  in: place,
  pointer: path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join(""),
  detail,
});
