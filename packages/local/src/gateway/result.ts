import { validateHeaderName, validateHeaderValue } from "node:http";

export interface HttpAnswer {
  statusCode: number;
  /** Lower-case names. */
  headers: Record<string, string | string[]>;
  body: Buffer;
}

/** A Lambda returned something that API Gateway cannot turn into a response. */
export class MalformedResult extends Error {
  override name = "MalformedResult";
}

/** What a Lambda may return at most when it is called synchronously, in bytes. */
const MAX_RESULT_BYTES = 6_291_556;

/** The gateway writes these itself. */
const OF_CONNECTION = new Set(["connection", "content-length", "keep-alive", "transfer-encoding"]);

/**
 * Reads what a Lambda returned, after the trip through JSON that it makes on AWS. A value without a status code is
 * the body of a 200 (payload format 2.0).
 *
 * @throws MalformedResult
 */
export function readResult(returned: unknown): HttpAnswer {
  const json = stringify(returned);
  if (Buffer.byteLength(json) > MAX_RESULT_BYTES) throw new MalformedResult("The result is larger than 6 MB");
  const result: unknown = JSON.parse(json);
  if (result === null) throw new MalformedResult("The Lambda returned nothing");
  if (!isRecord(result) || result.statusCode === undefined) {
    const body = typeof result === "string" ? result : json;
    return { statusCode: 200, headers: { "content-type": "application/json" }, body: Buffer.from(body) };
  }
  const body = readBody(result);
  const headers = readHeaders(result.headers);
  if (body.length > 0) headers["content-type"] ??= "text/plain; charset=utf-8";
  if (result.cookies != null) headers["set-cookie"] = readCookies(result.cookies);
  return { statusCode: readStatus(result.statusCode), headers, body };
}

function stringify(returned: unknown): string {
  try {
    return JSON.stringify(returned) ?? "null";
  } catch (cause) {
    throw new MalformedResult("The result is not JSON", { cause });
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function readStatus(statusCode: unknown): number {
  const status = Number(statusCode);
  if (!Number.isInteger(status) || status < 200 || status > 599) {
    throw new MalformedResult(`The status code is ${JSON.stringify(statusCode)}`);
  }
  return status;
}

function readBody({ body = null, isBase64Encoded }: Record<string, unknown>): Buffer {
  if (body === null) return Buffer.alloc(0);
  if (typeof body !== "string") throw new MalformedResult("The body is not a string");
  return Buffer.from(body, isBase64Encoded === true ? "base64" : "utf8");
}

function readHeaders(given: unknown): HttpAnswer["headers"] {
  if (given == null) return {};
  if (!isRecord(given)) throw new MalformedResult("The headers are not an object");
  const headers: HttpAnswer["headers"] = {};
  for (const [givenName, value] of Object.entries(given)) {
    const name = givenName.toLowerCase();
    if (OF_CONNECTION.has(name)) continue;
    if (!["string", "number", "boolean"].includes(typeof value)) {
      throw new MalformedResult(`The header ${name} is not a string`);
    }
    headers[name] = checked(name, String(value));
  }
  return headers;
}

function readCookies(cookies: unknown): string[] {
  if (!Array.isArray(cookies)) throw new MalformedResult("The cookies are not a list");
  return cookies.map((cookie) => checked("set-cookie", String(cookie)));
}

function checked(name: string, value: string): string {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
  } catch (cause) {
    throw new MalformedResult(`The header ${JSON.stringify(name)} cannot be sent`, { cause });
  }
  return value;
}
