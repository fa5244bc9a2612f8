import { documentationPage, openApi } from "@turno/contract/openapi";
import { testContext } from "@turno/core/testing";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { budgetOf, IMPORT_FACTOR, TRIMMED_IMPORT_FACTOR } from "./budget.ts";
import { type Bundle, sizeOf, sourcesOf } from "./bundle.ts";
import { eventsFor } from "./events.ts";
import { type ImportTimes, importTimes } from "./import-time.ts";
import { parameterStore } from "./parameter-store.ts";
import { run } from "./runtime.ts";
import { discardStages, synthesize } from "./synth.ts";

afterAll(discardStages);

const NAMES = [
  "platform-api",
  "identity-api",
  "scheduling-api",
  "booking-api",
  "notifications-api",
  "operations-api",
  "webhooks-api",
  "relay",
  "sweep",
  "workflows",
];

let bundles: readonly Bundle[];
let store: Awaited<ReturnType<typeof parameterStore>>;
beforeAll(async () => {
  ({ bundles } = await synthesize("dev"));
  const secrets = {
    "master-key": Buffer.alloc(32, 7).toString("base64"),
    "inngest-event-key": "event-key",
    "inngest-signing-key": "signkey-test-00000000",
  };
  store = await parameterStore(
    Object.fromEntries(Object.entries(secrets).map(([name, value]) => [`/turno/dev/${name}`, value])),
  );
});
afterAll(() => store.close());

const bundleOf = (name: string): Bundle => bundles.find((bundle) => bundle.name === name)!;

/** What Lambda sets, and what the template does; a reference to what is not there yet is any text. */
async function variablesOf({ variables }: Bundle): Promise<Record<string, string>> {
  const { table } = await testContext();
  return {
    ...Object.fromEntries(
      Object.entries(variables).map(([name, value]) => [
        name,
        typeof value === "string" ? value : "https://reference.example",
      ]),
    ),
    TABLE_NAME: table.table,
    AWS_LAMBDA_FUNCTION_NAME: "dev-turno",
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_ENDPOINT_URL_DYNAMODB: inject("databaseEndpoint"),
    AWS_ENDPOINT_URL_SSM: store.url,
  };
}

it("makes a bundle for every Lambda", () => {
  expect(bundles.map(({ name }) => name).sort()).toEqual([...NAMES].sort());
});

describe.each(NAMES)("the bundle of %s", (name) => {
  it("starts alone, with its secrets read by name, and answers", async () => {
    const bundle = bundleOf(name);
    const { events, answers } = eventsFor(name);
    const made = await run(bundle, await variablesOf(bundle), events);
    expect(made.answers).toEqual(answers);
  });

  it("holds nothing that is there for development", () => {
    const strange = sourcesOf(bundleOf(name)).filter((source) =>
      /packages\/(local|client)\/|\/testing\/|\.(test|fixture)\.ts$|node_modules\/(sst|aws-cdk-lib|vitest|jsonschema)\//.test(
        source,
      ),
    );
    expect(strange).toEqual([]);
  });

  it("is within its budget of bytes", () => {
    expect(sizeOf(bundleOf(name))).toBeLessThanOrEqual(budgetOf(name));
  });
});

it("keeps the workflow service out of the API", () => {
  for (const { name, ...bundle } of bundles.filter(({ name }) => name.endsWith("-api"))) {
    const sources = sourcesOf({ name, ...bundle }).filter((source) =>
      source.includes("node_modules/inngest/"),
    );
    expect([name, sources]).toEqual([name, []]);
  }
});

it("says where a fault is written, not where it is in the bundle", async () => {
  const bundle = bundleOf("notifications-api");
  const { events } = eventsFor("notifications-api");
  const variables = { ...(await variablesOf(bundle)), AWS_ENDPOINT_URL_DYNAMODB: "http://127.0.0.1:1" };
  const { log } = await run(bundle, variables, events);
  expect(log).toMatch(/"level":"error".*"at":\[.*packages\/functions\/src\/pipeline\/actor\.ts:\d+:\d+/);
});

it("answers with the whole description of the API, which the bundle has packed", async () => {
  const bundle = bundleOf("platform-api");
  const { answers } = await run(bundle, await variablesOf(bundle), eventsFor("platform-api").events);
  const [, document, page] = answers as { body: string }[];
  expect(JSON.parse(document!.body)).toEqual(JSON.parse(JSON.stringify(openApi())));
  expect(page!.body).toBe(documentationPage(openApi()));
});

it("loads no API Lambda much slower than the client of DynamoDB alone", async () => {
  const apis = bundles.filter(({ name }) => name.endsWith("-api"));
  const over = ({ client, trimmedClient, lambdas }: ImportTimes) =>
    lambdas
      .map(({ name, ms }) => ({ name, client: ms / client, trimmedClient: ms / trimmedClient }))
      .filter((times) => times.client > IMPORT_FACTOR || times.trimmedClient > TRIMMED_IMPORT_FACTOR);
  const times = await importTimes(apis, { rounds: 25, enough: (found) => over(found).length === 0 });
  expect(over(times)).toEqual([]);
});
