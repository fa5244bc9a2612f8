import { type FailureType, failures, isFailureType, type Problem, problemType } from "@turno/contract";
import { Refusal } from "@turno/core/platform";
import type { ApiResult, Piece } from "./exchange.ts";

/** Seconds after which a busy database is worth another try. */
const RETRY_AFTER_SECONDS = "1";

/** The failure that an error is: its own where it is a refusal that the contract knows, a fault of ours otherwise. */
export const failureOf = (error: unknown): FailureType =>
  error instanceof Refusal && isFailureType(error.type) ? error.type : "internal";

/** Turns what was thrown into `application/problem+json`. */
export const problem = (): Piece => ({
  onError: (request) => {
    const { requestId } = request.event.requestContext;
    request.response = problemFrom(request.error, `urn:turno:request:${requestId}`);
  },
});

function problemFrom(error: unknown, instance: string): ApiResult {
  const type = failureOf(error);
  const { status, title } = failures[type];
  const { errors, ...facts } = error instanceof Refusal && type !== "internal" ? error.facts : {};
  const content: Problem = {
    type: problemType(type),
    title,
    status,
    detail: type === "internal" ? "This is a fault of ours. Please try again later." : messageOf(error),
    instance,
    ...(Array.isArray(errors) && { errors }),
    ...(Object.keys(facts).length > 0 && { facts }),
  };
  return {
    statusCode: status,
    headers: { "content-type": "application/problem+json", ...headersFor(type) },
    body: JSON.stringify(content),
  };
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function headersFor(type: FailureType): Record<string, string> {
  switch (type) {
    case "busy":
      return { "retry-after": RETRY_AFTER_SECONDS };
    case "unauthenticated":
      return { "www-authenticate": "Bearer" };
    case "link-invalid":
    case "link-expired":
      return { "www-authenticate": 'Bearer error="invalid_token"' };
    default:
      return {};
  }
}
