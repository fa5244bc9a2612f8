import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { errors, Pool } from "undici";

interface Outgoing {
  readonly method: "POST";
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string | Uint8Array;
}

/** What the database wants to see of a signature: that there is one. */
const SIGNED = {
  "x-amz-date": "20000101T000000Z",
  authorization:
    "AWS4-HMAC-SHA256 Credential=local/20000101/local/dynamodb/aws4_request, SignedHeaders=host, Signature=local",
};

/** For people who read logs, chains of Lambdas, AWS's statistics and its signatures, and what the connection writes itself. */
const IDLE_HERE = [
  ...["loggerMiddleware", "recursionDetectionMiddleware", "getUserAgentMiddleware"],
  ...["httpAuthSchemeMiddleware", "httpSigningMiddleware", "hostHeaderMiddleware", "contentLengthMiddleware"],
];

/** A connection that broke, by the code of Node's sockets: the SDK tries again what ended so. */
const asTheSdkKnowsIt = (error: unknown): unknown =>
  error instanceof errors.SocketError
    ? Object.assign(new Error(error.message, { cause: error }), { code: "ECONNRESET" })
    : error;

/** Takes less time than the SDK's own, which is made for streams of any size. */
function requestHandler(endpoint: string) {
  const pool = new Pool(endpoint);
  return {
    metadata: { handlerProtocol: "http/1.1" },
    async handle({ method, path, headers, body }: Outgoing) {
      try {
        const answer = await pool.request({ method, path, headers: { ...headers, ...SIGNED }, body });
        const { statusCode } = answer;
        return { response: { statusCode, headers: answer.headers, body: await answer.body.bytes() } };
      } catch (error) {
        throw asTheSdkKnowsIt(error);
      }
    },
    destroy: () => void pool.destroy(),
  };
}

/**
 * A client for the embedded database: the SDK's own, without what takes time and says nothing here. The database looks at
 * no signature, so none is computed.
 */
export function localClient(endpoint: string): DynamoDBClient {
  const client = new DynamoDBClient({
    endpoint,
    region: "local",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    requestHandler: requestHandler(endpoint) as never,
  });
  for (const name of IDLE_HERE) client.middlewareStack.remove(name);
  // It is copied with every call, and one that was not put together bit by bit takes a tenth of the time.
  return Object.assign(client, { config: Object.assign({}, client.config) });
}
