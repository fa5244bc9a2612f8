import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { readSecrets } from "./secrets.ts";

const stored: Record<string, string> = {
  "/turno/test/master-key": "a2V5",
  "/turno/test/inngest-signing-key": "signkey-test-1",
};

let stop: (() => Promise<void>) | undefined;
afterEach(() => stop?.());

/** Parameter Store, which first turns away `busy` calls. */
async function parameterStore({
  busy = 0,
} = {}): Promise<{ calls: string[][]; variables: NodeJS.ProcessEnv }> {
  const calls: string[][] = [];
  const server = createServer(async (request, response) => {
    const { Names } = JSON.parse(await textOf(request)) as { Names: string[] };
    calls.push(Names);
    if (Names.length > 10) {
      response.writeHead(400).end('{"__type":"ValidationException"}');
      return;
    }
    if (calls.length <= busy) {
      response.writeHead(400).end('{"__type":"ThrottlingException"}');
      return;
    }
    const found = Names.filter((name) => name in stored);
    response.end(JSON.stringify({ Parameters: found.map((Name) => ({ Name, Value: stored[Name] })) }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  stop = () => new Promise((resolve) => server.close(() => resolve()));
  const variables = {
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_ENDPOINT_URL_SSM: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  };
  return { calls, variables };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

it("fills in what parameters are named for, in one call", async () => {
  const { calls, variables } = await parameterStore();
  variables.MASTER_KEY_PARAMETER = "/turno/test/master-key";
  variables.INNGEST_SIGNING_KEY_PARAMETER = "/turno/test/inngest-signing-key";
  await readSecrets(variables);
  expect(variables).toMatchObject({ MASTER_KEY: "a2V5", INNGEST_SIGNING_KEY: "signkey-test-1" });
  expect(calls).toHaveLength(1);
});

it("reads nothing where nothing is named", async () => {
  const { calls, variables } = await parameterStore();
  variables.MASTER_KEY = "b3du";
  await readSecrets(variables);
  expect(variables.MASTER_KEY).toBe("b3du");
  expect(calls).toEqual([]);
});

it("does without the key before the last rotation, and without no other", async () => {
  const { variables } = await parameterStore();
  variables.INNGEST_SIGNING_KEY_FALLBACK_PARAMETER = "/turno/test/inngest-signing-key-fallback";
  await readSecrets(variables);
  expect(variables).not.toHaveProperty("INNGEST_SIGNING_KEY_FALLBACK");

  variables.RESEND_API_KEY_PARAMETER = "/turno/test/resend-api-key";
  await expect(readSecrets(variables)).rejects.toThrow("There is no parameter /turno/test/resend-api-key.");
});

it("asks again when it is turned away for the number of calls", async () => {
  const { calls, variables } = await parameterStore({ busy: 2 });
  variables.MASTER_KEY_PARAMETER = "/turno/test/master-key";
  await readSecrets(variables);
  expect(variables.MASTER_KEY).toBe("a2V5");
  expect(calls).toHaveLength(3);
});

it("asks for no more at once than Parameter Store gives", async () => {
  const { calls, variables } = await parameterStore();
  const names = Array.from({ length: 12 }, (_, index) => `SECRET_${index}`);
  for (const name of names) {
    variables[`${name}_PARAMETER`] = `/turno/test/${name}`;
    stored[`/turno/test/${name}`] = `value of ${name}`;
  }
  await readSecrets(variables);
  for (const name of names) expect(variables[name]).toBe(`value of ${name}`);
  expect(calls.map(({ length }) => length)).toEqual([10, 2]);
});
