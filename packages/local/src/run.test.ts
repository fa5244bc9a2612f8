import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";

const RUN = resolve(import.meta.dirname, "../run.mjs");
const LOCK = { packages: { "": {}, "node_modules/zod": { version: "4.6.7", integrity: "sha512-a" } } };

/** A stand-in for npm's own entry file that notes its call and leaves what `npm ci` leaves. */
const NPM = `
import { appendFileSync, cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
const root = process.argv[process.argv.indexOf("--prefix") + 1];
appendFileSync(join(root, "npm-calls"), process.argv[2] + "\\n");
console.log("added 1 package");
if (process.env.NPM_FAILS) process.exit(7);
mkdirSync(join(root, "node_modules"), { recursive: true });
cpSync(join(root, "package-lock.json"), join(root, "node_modules", ".package-lock.json"));
`;

/** A clone as git leaves it: a lock, a script, nothing installed. */
function freshClone(): string {
  const root = mkdtempSync(join(tmpdir(), "turno-clone-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  mkdirSync(join(root, "packages/local"), { recursive: true });
  mkdirSync(join(root, "npm"));
  cpSync(RUN, join(root, "packages/local/run.mjs"));
  writeFileSync(join(root, "package-lock.json"), JSON.stringify(LOCK));
  writeFileSync(join(root, "npm/npm-cli.js"), NPM);
  writeFileSync(join(root, "npm/package.json"), '{ "type": "module" }');
  return root;
}

function install(root: string, lock: object, time: Date): void {
  mkdirSync(join(root, "node_modules/.bin"), { recursive: true });
  const file = join(root, "node_modules/.package-lock.json");
  writeFileSync(file, JSON.stringify(lock));
  utimesSync(file, time, time);
}

function script(root: string, source: string): string {
  const file = join(root, "script.ts");
  writeFileSync(file, source);
  return file;
}

function start(root: string, args: string[], options: SpawnOptions = {}): ChildProcess {
  const child = spawn(process.execPath, [join(root, "packages/local/run.mjs"), ...args], {
    stdio: ["pipe", "pipe", "pipe"],
    ...options,
    env: { ...process.env, npm_execpath: join(root, "npm/npm-cli.js"), ...options.env },
  });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  return child;
}

async function run(root: string, args: string[], options?: SpawnOptions) {
  const child = start(root, args, options);
  child.stdin!.end("typed in\n");
  const [stdout, stderr, [code, signal]] = await Promise.all([
    text(child.stdout!),
    text(child.stderr!),
    once(child, "close"),
  ]);
  return { stdout, stderr, code, signal };
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const yearAgo = new Date(Date.now() - 365 * 24 * 3_600_000);

test("a fresh clone is installed before its command runs, and the output stays the command's own", async () => {
  const root = freshClone();
  const result = await run(root, [script(root, "console.log('ran' as string)")]);
  expect(result).toMatchObject({ code: 0, stdout: "ran\n" });
  expect(result.stderr).toContain("Installing the dependencies");
  expect(existsSync(join(root, "npm-calls"))).toBe(true);
});

test("an installed clone is not installed again", async () => {
  const root = freshClone();
  install(root, LOCK, new Date(Date.now() + 60_000));
  await run(root, [script(root, "")]);
  expect(existsSync(join(root, "npm-calls"))).toBe(false);
});

test("a newer lock that names the same versions needs no new install", async () => {
  const root = freshClone();
  install(root, { packages: { "node_modules/zod": LOCK.packages["node_modules/zod"] } }, yearAgo);
  await run(root, [script(root, "")]);
  expect(existsSync(join(root, "npm-calls"))).toBe(false);
});

test("a newer lock with another version is installed", async () => {
  const root = freshClone();
  install(root, { packages: { "node_modules/zod": { version: "4.0.0", integrity: "sha512-b" } } }, yearAgo);
  await run(root, [script(root, "")]);
  expect(existsSync(join(root, "npm-calls"))).toBe(true);
});

test("a failed install says what to do, and the command does not run", async () => {
  const root = freshClone();
  const result = await run(root, [script(root, "console.log('ran')")], { env: { NPM_FAILS: "1" } });
  expect(result).toMatchObject({ code: 1, stdout: "" });
  expect(result.stderr).toContain("npm ci ended with exit code 7");
});

test("arguments, input and exit code are the command's own, and its tools come first on the path", async () => {
  const root = freshClone();
  install(root, LOCK, new Date(Date.now() + 60_000));
  const file = script(
    root,
    `process.stdin.on("data", (data) => {
      console.log(JSON.stringify([process.argv.slice(2), String(data), process.env.PATH!.split(":")[0]]));
      process.exitCode = 42;
    });`,
  );
  const result = await run(root, [file, "--fresh", "two words"]);
  expect(result.code).toBe(42);
  expect(JSON.parse(result.stdout)).toEqual([
    ["--fresh", "two words"],
    "typed in\n",
    join(root, "node_modules/.bin"),
  ]);
});

test("a tool is run by its entry file, whatever its shebang says", async () => {
  const root = freshClone();
  install(root, LOCK, new Date(Date.now() + 60_000));
  writeFileSync(join(root, "node_modules/tool.mjs"), "#!/bin/false\nconsole.log(process.version)");
  symlinkSync("../tool.mjs", join(root, "node_modules/.bin/tool"));
  expect((await run(root, ["tool"])).stdout).toBe(`${process.version}\n`);
});

test("a command that does not exist is named in the failure", async () => {
  const root = freshClone();
  install(root, LOCK, new Date(Date.now() + 60_000));
  expect(await run(root, ["nothing"])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("no nothing"),
  });
});

const WAITS = "console.log(process.pid); setInterval(() => {}, 1000);";

test.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)("%s is passed on, and ends both", async (signal) => {
  const root = freshClone();
  install(root, LOCK, new Date(Date.now() + 60_000));
  const child = start(root, [script(root, WAITS)]);
  const [pid] = await once(child.stdout!, "data");
  child.kill(signal);
  expect(await once(child, "exit")).toEqual([null, signal]);
  expect(isRunning(Number(pid))).toBe(false);
});

test("a command that ends well after a signal has its own exit code", async () => {
  const root = freshClone();
  install(root, LOCK, new Date(Date.now() + 60_000));
  const child = start(root, [script(root, `process.on("SIGTERM", () => process.exit(0)); ${WAITS}`)]);
  await once(child.stdout!, "data");
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
});

test("the command does not outlive a kill -9", async () => {
  const root = freshClone();
  install(root, LOCK, new Date(Date.now() + 60_000));
  const child = start(root, [script(root, WAITS)]);
  await once(child.stdout!, "data");
  child.kill("SIGKILL");
  // "close" waits for whoever still has the output open, which is the command.
  expect(await once(child, "close")).toEqual([null, "SIGKILL"]);
});
