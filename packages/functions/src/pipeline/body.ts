import { type ApiEvent, header, known, type Piece, type RawCall } from "./exchange.ts";
import { MalformedJson, TooLarge, UnsupportedMediaType } from "./refusals.ts";

/** In bytes: far above what any body of the contract needs. */
const MOST_BYTES = 256 * 1024;

/** Of what a provider signs: a call of Meta's has up to 3 MB. In base64 it fits into the 6 MB that a Lambda takes. */
const MOST_SIGNED_BYTES = 4 * 1024 * 1024;

/** Reads the JSON of a route that takes a body; none at all is an empty object. What is signed is left as it came. */
export const body = (): Piece => ({
  before: ({ event }) => {
    const route = known(event, "route");
    event.exchange.body = route.body ? read(event) : undefined;
    event.exchange.raw = route.access.kind === "signature" ? rawCall(event) : undefined;
  },
});

function bytesOf(event: ApiEvent, mostBytes: number): Buffer {
  const bytes = Buffer.from(event.body ?? "", event.isBase64Encoded ? "base64" : "utf8");
  if (bytes.length > mostBytes) throw new TooLarge(mostBytes);
  return bytes;
}

/** The address as the caller wrote it: the gateway hands it over in parts. */
function rawCall(event: ApiEvent): RawCall {
  const { rawPath, rawQueryString, headers, requestContext } = event;
  const protocol = header(event, "x-forwarded-proto") ?? "https";
  const host = header(event, "host") ?? requestContext.domainName;
  const query = rawQueryString ? `?${rawQueryString}` : "";
  return {
    method: requestContext.http.method,
    url: `${protocol}://${host}${rawPath}${query}`,
    headers,
    body: bytesOf(event, MOST_SIGNED_BYTES),
  };
}

function read(event: ApiEvent): unknown {
  const bytes = bytesOf(event, MOST_BYTES);
  if (bytes.length === 0) return {};
  if (!isJson(header(event, "content-type"))) throw new UnsupportedMediaType();
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) throw new MalformedJson();
    throw error;
  }
}

const isJson = (contentType = ""): boolean =>
  /^application\/([\w.-]+\+)?json\s*(;|$)/i.test(contentType.trim());
