import type { ApiResult, Piece } from "./exchange.ts";

const headers = {
  // What is answered belongs to whoever asked, at this moment.
  "cache-control": "no-store",
  // The documentation page has a style sheet inside and nothing else; everything else is not a page.
  "content-security-policy":
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "strict-transport-security": "max-age=63072000; includeSubDomains",
  "x-content-type-options": "nosniff",
};

const secured = (result: ApiResult | null | undefined): ApiResult => ({
  ...result,
  headers: { ...headers, ...result?.headers },
});

/** Adds what browsers should know of every answer. */
export const securityHeaders = (): Piece => ({
  after: (request) => {
    request.response = secured(request.response);
  },
  onError: (request) => {
    request.response = secured(request.response);
  },
});
