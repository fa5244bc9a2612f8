import type { Runtime } from "../runtime.ts";
import { type ApiEvent, known, type Piece } from "./exchange.ts";
import { scopeOf } from "./scope.ts";
import { NotAsAgreed } from "./validation.ts";

/**
 * Signs the cursors that lists hand out, and takes back only its own: for the same caller, list and filters.
 *
 * A cursor is a position in the table; nobody gets to write one.
 */
export function cursor({ context }: Runtime): Piece {
  const signatureOf = (event: ApiEvent, position: string): string => {
    const { cursor: _, limit: __, ...filters } = known(event, "query");
    return context.keys.derive("cursor", scopeOf(event), JSON.stringify(filters), position);
  };
  return {
    before: ({ event }) => {
      const { cursor: given, ...query } = known(event, "query");
      if (typeof given !== "string") return;
      const [position = "", signature] = given.split("~");
      if (signature !== signatureOf(event, position)) {
        throw new NotAsAgreed([{ in: "query", pointer: "/cursor", detail: "must come from this list" }]);
      }
      event.exchange.query = { ...query, cursor: position };
    },
    after: (request) => {
      const page: unknown = request.response;
      if (!isUnfinished(page)) return;
      const signed = `${page.nextCursor}~${signatureOf(request.event, page.nextCursor)}`;
      Object.assign(request, { response: { ...page, nextCursor: signed } });
    },
  };
}

const isUnfinished = (answer: unknown): answer is { nextCursor: string } =>
  typeof answer === "object" &&
  answer !== null &&
  "nextCursor" in answer &&
  typeof answer.nextCursor === "string";
