/**
 * Runs a TypeScript file, or a tool of node_modules/.bin, on Node 24, and installs the dependencies first when they
 * are missing or out of date:
 *
 *     node packages/local/run.mjs [--flags-of-node] <script.ts | tool> [arguments]
 *
 * Many machines still have Node 20, while the Lambdas run on 24. So this file keeps to plain JavaScript and to what
 * Node 20 has, and needs nothing installed.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { constants } from "node:os";
import { basename, delimiter, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const NODE_MAJOR = 24;
const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const bin = join(root, "node_modules", ".bin");

const given = process.argv.slice(2);
const flags = given.slice(
  0,
  given.findIndex((argument) => !argument.startsWith("--")),
);
const [target, ...args] = given.slice(flags.length);
if (target === undefined) fail("Usage: node packages/local/run.mjs <script.ts | tool> [arguments]");
if (!isInstalled()) await install();
const ended = await run(findNode(), [...flags, entryOf(target), ...args], environment());
if (ended.signal) process.kill(process.pid, ended.signal);
process.exitCode = ended.code ?? 128 + constants.signals[ended.signal];

/** Git gives files the time of the checkout, so a lock that only looks newer is compared by what it says. */
function isInstalled() {
  const wanted = join(root, "package-lock.json");
  const installed = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(installed)) return false;
  if (statSync(installed).mtimeMs >= statSync(wanted).mtimeMs) return true;
  const present = packagesOf(installed);
  return Object.entries(packagesOf(wanted)).every(([path, entry]) => {
    const found = present[path];
    // The root is never listed as installed, and an optional package is absent on other platforms.
    if (found === undefined) return path === "" || entry.optional === true;
    return found.version === entry.version && found.integrity === entry.integrity;
  });
}

function packagesOf(lockFile) {
  return JSON.parse(readFileSync(lockFile, "utf8")).packages;
}

async function install() {
  process.stderr.write("Installing the dependencies (npm ci); this takes about a minute the first time.\n");
  const npm = process.env.npm_execpath ?? "";
  const viaNode = basename(npm) === "npm-cli.js";
  // The engine warnings of npm are about the system's Node, which is not the one that will run.
  const options = ["ci", "--loglevel=error", "--prefix", root];
  const ended = viaNode
    ? await run(process.execPath, [npm, ...options], process.env, [0, 2, 2])
    : await run("npm", options, process.env, [0, 2, 2]);
  if (ended.code === 0) return;
  fail(
    `The dependencies could not be installed: npm ci ended with ${ended.signal ?? `exit code ${ended.code}`}.\n` +
      "Its own message is above. Check that the npm registry can be reached, then run: npm ci",
  );
}

function findNode() {
  const packaged = join(bin, "node");
  if (existsSync(packaged)) {
    if (realpathSync(packaged) === realpathSync(process.execPath)) return process.execPath;
    // The packaged binary needs glibc; where it does not start, an own Node may still do.
    if (spawnSync(packaged, ["--version"]).status === 0) return packaged;
  }
  if (Number(process.versions.node.split(".")[0]) >= NODE_MAJOR) return process.execPath;
  return fail(
    `Turno needs Node ${NODE_MAJOR} or newer, and this is Node ${process.versions.node}.\n` +
      "There is no packaged Node for this platform. Install the version in .nvmrc, for example: nvm install",
  );
}

function entryOf(name) {
  const file = /\.[cm]?[jt]s$/.test(name) ? resolve(name) : join(bin, name);
  if (!existsSync(file))
    fail(`There is no ${name}: neither a file at ${resolve(name)} nor a tool in node_modules/.bin`);
  return realpathSync(file);
}

/** What is compiled once is kept beside the packages: it halves the time that a start needs. */
function environment() {
  const compiled = join(root, "node_modules", ".cache", "compiled");
  return { NODE_COMPILE_CACHE: compiled, ...process.env, PATH: pathWithTools() };
}

function pathWithTools() {
  return [bin, process.env.PATH].filter(Boolean).join(delimiter);
}

/** Runs a command to its end, passing signals on to it, and ends it when this process is killed. */
function run(file, argv, env, stdio = "inherit") {
  return new Promise((done) => {
    const child = spawn(file, argv, { env, stdio });
    child.on("error", (error) => fail(`${file} cannot be started: ${error.message}`));
    // A terminal sends these to the child by itself, and some programs take the second one for "at once".
    const fromTerminal = process.stdin.isTTY ? ["SIGINT", "SIGHUP"] : [];
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
    const pass = (signal) => {
      if (!fromTerminal.includes(signal)) child.kill(signal);
    };
    for (const signal of signals) process.on(signal, pass);
    const callOff = endWithThisProcess(child.pid);
    child.on("exit", (code, signal) => {
      callOff();
      for (const name of signals) process.off(name, pass);
      done({ code, signal });
    });
  });
}

/** A shell whose input ends when this process does, even by kill -9, and which then kills the child. */
function endWithThisProcess(pid) {
  if (pid === undefined || process.platform === "win32") return () => {};
  const script = 'read -r word; [ "$word" = done ] || kill -s KILL "$1"';
  const watcher = spawn("sh", ["-c", script, "sh", String(pid)], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  watcher.on("error", (error) =>
    process.stderr.write(`The command may outlive this one: ${error.message}\n`),
  );
  watcher.stdin.on("error", () => watcher.kill());
  watcher.unref();
  return () => watcher.stdin.end("done\n");
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
