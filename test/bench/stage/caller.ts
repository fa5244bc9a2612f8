import { once } from "node:events";
import { Agent, type IncomingMessage, request } from "node:http";
import { json } from "node:stream/consumers";

export interface Sent {
  readonly token?: string | undefined;
  readonly body?: object;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** From the call to the last byte of the answer. */
  readonly milliseconds: number;
}

/** Calls the API over connections that are kept. */
export interface Caller {
  /** Answers whatever the status. */
  send(method: string, path: string, sent?: Sent): Promise<Answer>;
  /** Answers the body. Throws when the call was not successful. */
  take<Body>(method: string, path: string, sent?: Sent): Promise<Body>;
  close(): void;
}

/** At most so many calls at once have a connection each; others wait for one. */
export function callerOf(url: string, connections: number): Caller {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const send: Caller["send"] = async (method, path, { token, body } = {}) => {
    const began = performance.now();
    const call = request(`${url}${path}`, {
      agent,
      method,
      headers: {
        ...(body && { "content-type": "application/json" }),
        ...(token && { authorization: `Bearer ${token}` }),
      },
    });
    call.end(body && JSON.stringify(body));
    const [response] = (await once(call, "response")) as [IncomingMessage];
    const answer = await json(response);
    return { status: response.statusCode!, body: answer, milliseconds: performance.now() - began };
  };
  return {
    send,
    async take<Body>(method: string, path: string, sent?: Sent): Promise<Body> {
      const { status, body } = await send(method, path, sent);
      if (status >= 300) throw new Error(`${method} ${path} answered ${status}: ${JSON.stringify(body)}`);
      return body as Body;
    },
    close: () => agent.destroy(),
  };
}
