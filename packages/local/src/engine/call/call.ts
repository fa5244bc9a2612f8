import {
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
} from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { text } from "node:stream/consumers";
import type { Answer } from "./reply.ts";

export interface Call {
  readonly method: "POST" | "PUT";
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Calls apps. */
export interface Caller {
  /** Calls an app and gives its answer. Throws when it cannot be reached. */
  send(call: Call): Promise<Answer>;
  /** Gives up the connections that it holds. Nobody waits for its calls any more. */
  close(): void;
}

/** Calls apps over HTTP, and keeps the connections to them open between calls. A step may take as long as it likes. */
export class HttpCaller implements Caller {
  readonly #plain = new HttpAgent({ keepAlive: true });
  readonly #secure = new HttpsAgent({ keepAlive: true });

  /**
   * Calls an app and gives its answer.
   *
   * @throws the connection's error
   */
  send(call: Call): Promise<Answer> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const request = this.#open(call, (message) => {
      const { statusCode: status = 0, headers } = message;
      text(message).then((read) => resolve({ status, headers, text: read }), reject);
    });
    request.on("error", (error: NodeJS.ErrnoException) => {
      // The app closed a kept connection just as it was used again, and has not seen the call.
      const wasStale = request.reusedSocket && error.code === "ECONNRESET";
      if (wasStale) this.send(call).then(resolve, reject);
      else reject(error);
    });
    request.end(call.body);
    return promise;
  }

  /** Drops every connection; a call under way fails. */
  close(): void {
    this.#plain.destroy();
    this.#secure.destroy();
  }

  #open({ method, url, headers, body }: Call, answered: (message: IncomingMessage) => void): ClientRequest {
    const options = { method, headers: { ...headers, "content-length": Buffer.byteLength(body) } };
    return url.protocol === "https:"
      ? httpsRequest(url, { ...options, agent: this.#secure }, answered)
      : httpRequest(url, { ...options, agent: this.#plain }, answered);
  }
}
