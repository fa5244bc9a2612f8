import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { workflowsUrl } from "@turno/functions";
import { startLambdaUrl } from "@turno/local/gateway";
import { workflows } from "@turno/workflows";
import { afterEach, expect, it } from "vitest";
import { commandFor, npmOf, Unclear } from "../../infra/command/plan.ts";
import { NotSynced, sync } from "../../infra/command/sync.ts";

const SIGNING_KEY = `signkey-test-${"ab".repeat(32)}`;

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Inngest's API, which takes apps and remembers what they call their workflows. */
async function inngest(): Promise<{ url: string; registered: string[][] }> {
  const registered: string[][] = [];
  const server = createServer(async (request, response) => {
    const { functions } = JSON.parse(await text(request)) as { functions: { id: string }[] };
    registered.push(functions.map(({ id }) => id));
    response.writeHead(200, { "content-type": "application/json" }).end('{"ok":true,"modified":true}');
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, registered };
}

/** The deployed function URL. */
async function app(baseUrl: string): Promise<string> {
  const nobody = {} as never;
  const ignore = (): void => undefined;
  const handler = workflowsUrl(
    workflows({
      ...{ context: nobody, channels: nobody, webUrl: "" },
      inngest: {
        ...{ isDev: false, baseUrl, signingKey: SIGNING_KEY, eventKey: "test" },
        logger: { info: ignore, warn: ignore, error: ignore, debug: ignore },
      },
    }),
  );
  const { url, close } = await startLambdaUrl({ functionName: "workflows", handler });
  closing.push(close);
  return url;
}

it("has a deployed app register its workflows, by a call that it takes for one of Inngest's", async () => {
  const { url, registered } = await inngest();
  await sync(await app(url), SIGNING_KEY);
  expect(registered).toHaveLength(1);
  expect(registered[0]).toContain("turno-appointment-reminders");
});

it("registers nothing with another key", async () => {
  const { url, registered } = await inngest();
  await expect(sync(await app(url), `signkey-test-${"cd".repeat(32)}`)).rejects.toThrow(NotSynced);
  expect(registered).toEqual([]);
});

it("calls SST by the names of the scripts, and wants to hear the stage", () => {
  expect(commandFor("synth", "dev")).toEqual({ command: "build", stage: "dev" });
  expect(() => commandFor("deploy", undefined)).toThrow("npm run deploy -- --stage <name>");
  expect(() => commandFor("deploy", "Prod!")).toThrow(Unclear);
  expect(() => commandFor("drop", "prod")).toThrow(Unclear);
});

it("builds by npm 11 alone", () => {
  npmOf("11.19.1");
  expect(() => npmOf("12.2.0")).toThrow("npm install --global npm@11");
});
