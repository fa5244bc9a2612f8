import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { afterEach, expect, onTestFinished, test } from "vitest";
import { serverCommand } from "./binary.ts";
import { type Database, DatabaseInUse, DatabaseNotStarted, startDatabase } from "./index.ts";
import { createTable } from "./tables.ts";

const SHAPE = { partitionKey: "pk", sortKey: "sk", ttlAttribute: "ttl", indexes: [] };
const KEY = { pk: { S: "clinic" }, sk: { S: "profile" } };

const started: Database[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((database) => database.stop()));
});

async function start(options?: Parameters<typeof startDatabase>[0]): Promise<Database> {
  const database = await startDatabase(options);
  started.push(database);
  return database;
}

function connect(endpoint: string): DynamoDBClient {
  const client = new DynamoDBClient({
    endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    maxAttempts: 1,
  });
  onTestFinished(() => client.destroy());
  return client;
}

function temporaryFile(): string {
  const folder = mkdtempSync(join(tmpdir(), "turno-database-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "state", "turno.db");
}

async function startOwner(path?: string): Promise<{ owner: ChildProcess; endpoint: string }> {
  const owner = spawn(
    process.execPath,
    [join(import.meta.dirname, "owner.fixture.ts"), ...(path === undefined ? [] : [path])],
    { stdio: ["pipe", "pipe", "inherit"] },
  );
  onTestFinished(() => {
    owner.kill("SIGKILL");
  });
  const [line] = await once(owner.stdout!, "data");
  return { owner, endpoint: String(line).trim() };
}

async function answers(endpoint: string): Promise<boolean> {
  return fetch(endpoint).then(
    () => true,
    () => false,
  );
}

test("two databases in memory run side by side and know nothing of each other", async () => {
  const [one, other] = await Promise.all([start(), start()]);
  await createTable(connect(one.endpoint), "turno", SHAPE);
  await connect(one.endpoint).send(new PutItemCommand({ TableName: "turno", Item: KEY }));
  await createTable(connect(other.endpoint), "turno", SHAPE);
  const found = await connect(other.endpoint).send(new GetItemCommand({ TableName: "turno", Key: KEY }));
  expect(found.Item).toBeUndefined();
});

test("a stopped database no longer answers, and stopping twice is harmless", async () => {
  const database = await start();
  await database.stop();
  await database.stop();
  expect(await answers(database.endpoint)).toBe(false);
});

test("a database with a file keeps its data over a stop", async () => {
  const path = temporaryFile();
  const first = await start({ path });
  await createTable(connect(first.endpoint), "turno", SHAPE);
  await connect(first.endpoint).send(new PutItemCommand({ TableName: "turno", Item: KEY }));
  await first.stop();

  const second = await start({ path });
  const found = await connect(second.endpoint).send(new GetItemCommand({ TableName: "turno", Key: KEY }));
  expect(found.Item).toEqual(KEY);
});

test("a file that a running process has open is refused, and the refusal names the process", async () => {
  const path = temporaryFile();
  await start({ path });
  const refusal = await start({ path }).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(DatabaseInUse);
  expect(refusal).toMatchObject({ path, ownerPid: process.pid });
});

test("after a kill -9 of its owner the next start has the file for itself, with everything that was written", async () => {
  const path = temporaryFile();
  const { owner, endpoint } = await startOwner(path);
  await createTable(connect(endpoint), "turno", SHAPE);
  await connect(endpoint).send(new PutItemCommand({ TableName: "turno", Item: KEY }));
  owner.kill("SIGKILL");
  await once(owner, "exit");

  const next = await start({ path });
  expect(await answers(endpoint)).toBe(false);
  const found = await connect(next.endpoint).send(new GetItemCommand({ TableName: "turno", Key: KEY }));
  expect(found.Item).toEqual(KEY);
});

test("a database in memory ends when its owner is killed with -9", async () => {
  const { owner, endpoint } = await startOwner();
  owner.kill("SIGKILL");
  await expect.poll(() => answers(endpoint), { interval: 5, timeout: 5_000 }).toBe(false);
});

test("a database on a port that is taken says so, and how to go on", async () => {
  const squatter = createServer().listen(0, "127.0.0.1");
  await once(squatter, "listening");
  onTestFinished(() => {
    squatter.close();
  });
  const { port } = squatter.address() as { port: number };
  const failure = await start({ port }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(DatabaseNotStarted);
  expect(String(failure)).toContain("already in use");
  expect(String(failure)).toContain("Set DYNAMODB_ENDPOINT");
});

test("a platform without a package of dynoxide gets it through npx", () => {
  expect(serverCommand("plan9-mips")).toMatchObject({
    file: "npx",
    args: ["--yes", "dynoxide@1.2.1", "serve"],
  });
});
