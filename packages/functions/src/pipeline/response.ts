import { successOf } from "@turno/contract";
import { tagOf } from "./entity-tag.ts";
import { known, type Piece } from "./exchange.ts";

/**
 * Writes what a handler answered through the contract's schema: a field that the contract does not list never leaves.
 *
 * An answer that the contract does not allow is a fault of ours, and throws.
 */
export const response = (): Piece => ({
  after: (request) => {
    const route = known(request.event, "route");
    const { status, schema } = successOf(route);
    const answer: unknown = schema.parse(request.response ?? undefined);
    if (status === 204) {
      request.response = { statusCode: status };
      return;
    }
    const mediaType = route.produces ?? "application/json";
    request.response = {
      statusCode: status,
      headers: {
        "content-type": mediaType.startsWith("text/") ? `${mediaType}; charset=utf-8` : mediaType,
        ...(route.versioned && hasVersion(answer) && { etag: tagOf(answer.version) }),
      },
      body: typeof answer === "string" ? answer : JSON.stringify(answer),
    };
  },
});

const hasVersion = (answer: unknown): answer is { version: number } =>
  typeof answer === "object" && answer !== null && "version" in answer && typeof answer.version === "number";
