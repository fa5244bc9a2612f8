import { type ApiEvent, header, known, type Piece } from "./exchange.ts";
import { MalformedJson, TooLarge, UnsupportedMediaType } from "./refusals.ts";

/** In bytes: far above what any body of the contract needs. */
const MOST_BYTES = 256 * 1024;

/** Reads the JSON of a route that takes a body; none at all is an empty object. */
export const body = (): Piece => ({
  before: ({ event }) => {
    event.exchange.body = known(event, "route").body ? read(event) : undefined;
  },
});

function read(event: ApiEvent): unknown {
  const bytes = Buffer.from(event.body ?? "", event.isBase64Encoded ? "base64" : "utf8");
  if (bytes.length > MOST_BYTES) throw new TooLarge(MOST_BYTES);
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
