import { once } from "node:events";
import http from "node:http";
import https from "node:https";
import { signedHeaders } from "@turno/providers/aws";
import * as z from "zod";

const Environment = z.object({
  AWS_REGION: z.string(),
  AWS_ACCESS_KEY_ID: z.string(),
  AWS_SECRET_ACCESS_KEY: z.string(),
  AWS_SESSION_TOKEN: z.string().optional(),
  AWS_ENDPOINT_URL_SSM: z.url().optional(),
});

const Answer = z.object({ Parameters: z.array(z.object({ Name: z.string(), Value: z.string() })) });

const TIMEOUT_MS = 2_000;
const ATTEMPTS = 3;

/** Many Lambdas that start at once read at once: those who are turned away spread over this time. */
const SPREAD_MS = 300;

/** As many as one call may name. Source: docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html */
const NAMES_A_CALL = 10;

/**
 * The values of parameters by name; one that does not exist is left out.
 *
 * By a signed request of its own: AWS's client for this one call makes every bundle a quarter larger and slower to start.
 *
 * Throws when the service does not answer, or refuses.
 */
export async function parameters(
  names: readonly string[],
  variables: NodeJS.ProcessEnv,
): Promise<Map<string, string>> {
  const environment = Environment.parse(variables);
  const region = environment.AWS_REGION;
  const url = new URL(environment.AWS_ENDPOINT_URL_SSM ?? `https://ssm.${region}.amazonaws.com`);
  const read = async (some: readonly string[]): Promise<[string, string][]> => {
    const body = JSON.stringify({ Names: some, WithDecryption: true });
    const answer = Answer.parse(await patiently(() => ask(body)));
    return answer.Parameters.map(({ Name, Value }) => [Name, Value]);
  };
  const ask = (body: string): Promise<Reply> =>
    post(
      url,
      body,
      signedHeaders({
        service: "ssm",
        region,
        host: url.host,
        path: "/",
        headers: {
          "content-type": "application/x-amz-json-1.1",
          "x-amz-target": "AmazonSSM.GetParameters",
        },
        body,
        now: new Date(),
        credentials: {
          accessKeyId: environment.AWS_ACCESS_KEY_ID,
          secretAccessKey: environment.AWS_SECRET_ACCESS_KEY,
          sessionToken: environment.AWS_SESSION_TOKEN,
        },
      }),
    );
  const calls = Array.from({ length: Math.ceil(names.length / NAMES_A_CALL) }, (_, index) =>
    read(names.slice(index * NAMES_A_CALL, (index + 1) * NAMES_A_CALL)),
  );
  return new Map((await Promise.all(calls)).flat());
}

interface Reply {
  readonly status: number;
  readonly body: string;
}

/** Not by `fetch`, which is a second HTTP client to load at every cold start. */
async function post(url: URL, body: string, headers: Record<string, string>): Promise<Reply> {
  const send = url.protocol === "http:" ? http.request : https.request;
  const request = send(url, { method: "POST", headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
  request.end(body);
  const [response] = (await once(request, "response")) as [http.IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return { status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() };
}

async function patiently(ask: () => Promise<Reply>): Promise<unknown> {
  for (let attempt = 1; ; attempt++) {
    const { status, body } = await ask();
    if (status === 200) return JSON.parse(body);
    const mayPass = status >= 500 || body.includes("ThrottlingException");
    if (!mayPass || attempt === ATTEMPTS) throw new Error(`Parameters: ${status} ${body}`);
    await new Promise((resolve) => setTimeout(resolve, Math.random() * SPREAD_MS));
  }
}
