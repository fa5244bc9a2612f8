import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { text } from "node:stream/consumers";
import type { Answer } from "./reply.ts";

/** Keeps connections to apps open between calls and calls them. A step may take as long as it likes. */
export class Caller {
  readonly #plain = new HttpAgent({ keepAlive: true });
  readonly #secure = new HttpsAgent({ keepAlive: true });

  /** @throws the connection's error */
  send(method: "POST" | "PUT", url: URL, headers: Record<string, string>, body: string): Promise<Answer> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const options = { method, headers: { ...headers, "content-length": Buffer.byteLength(body) } };
    const answered = (message: IncomingMessage) => {
      text(message).then(
        (read) => resolve({ status: message.statusCode ?? 0, headers: message.headers, text: read }),
        reject,
      );
    };
    const request =
      url.protocol === "https:"
        ? httpsRequest(url, { ...options, agent: this.#secure }, answered)
        : httpRequest(url, { ...options, agent: this.#plain }, answered);
    request.on("error", reject);
    request.end(body);
    return promise;
  }

  /** Drops every connection; a call under way fails. */
  close(): void {
    this.#plain.destroy();
    this.#secure.destroy();
  }
}
