import type { IncomingMessage } from "node:http";

/** A request has more body than its reader takes. */
export class BodyTooLarge extends Error {
  override name = "BodyTooLarge";
  readonly limit: number;

  constructor(limit: number) {
    super(`The body is larger than ${limit} bytes`);
    this.limit = limit;
  }
}

/**
 * Reads a body of at most `limit` bytes. What exceeds it is read and thrown away, so that the client, which is still
 * writing, gets to see the answer.
 *
 * @throws BodyTooLarge as soon as that is known.
 */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  return new Promise((resolve, reject) => {
    const refuse = () => {
      chunks.length = 0;
      reject(new BodyTooLarge(limit));
    };
    if (Number(request.headers["content-length"] ?? 0) > limit) {
      refuse();
      request.resume();
      return;
    }
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) refuse();
      else chunks.push(chunk);
    });
    request.on("end", () => resolve(Buffer.concat(chunks)));
    request.on("error", reject);
  });
}
