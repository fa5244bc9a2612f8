import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterEach, expect, it, onTestFinished } from "vitest";
import { settingsOf } from "../../infra/settings.ts";
import { stacks } from "../../stacks/index.ts";
import { type FakeAws, fakeAws } from "./fake-aws.ts";

const execute = promisify(execFile);
const root = path.resolve(import.meta.dirname, "../..");

let aws: FakeAws | undefined;
afterEach(() => aws?.close());

/** Runs SST's own command against an account that is none. */
async function sst(account: string, ...args: string[]): Promise<string> {
  aws = await fakeAws(account);
  const { PATH, HOME } = process.env;
  const { stdout } = await execute(process.execPath, ["node_modules/sst/cli/sst.js", ...args], {
    cwd: root,
    env: {
      HOME,
      PATH: [path.join(import.meta.dirname, "bin"), PATH].join(path.delimiter),
      NODE_ENV: "production",
      AWS_ENDPOINT_URL: aws.url,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      SST_TELEMETRY_DISABLED: "1",
      SST_BUILD_CONCURRENCY: "2",
      NO_COLOR: "1",
    },
  });
  return stdout;
}

const account = (stage: string): string => settingsOf(stage).account ?? "111111111111";

it("builds prod by `sst build`, asking AWS for nothing but who it is", async () => {
  const out = mkdtempSync(path.join(tmpdir(), "turno-build-"));
  onTestFinished(() => rmSync(out, { recursive: true, force: true }));
  await sst(account("prod"), "build", "--stage", "prod", "--to", out);
  expect([...new Set(aws!.calls)].sort()).toEqual([
    "DescribeStacks CDKToolkit",
    "DescribeStacks SSTBootstrap",
    "GetCallerIdentity",
  ]);
  const templates = readdirSync(out).filter((file) => file.endsWith(".template.json"));
  expect(templates.sort()).toEqual(stacks.map(({ name }) => `prod-turno-${name}.template.json`).sort());
  for (const template of templates) {
    expect(readFileSync(path.join(out, template), "utf8")).not.toContain("Custom::");
  }
});

it("shows by `sst diff` what a deployment to an empty account would make", async () => {
  const shown = await sst(account("dev"), "diff", "--stage", "dev");
  for (const { name } of stacks) expect(shown).toContain(name);
  expect(aws!.calls).toContain("GetTemplate dev-turno-Database");
});

it("does not build prod with the credentials of another account", async () => {
  await expect(sst("999999999999", "build", "--stage", "prod")).rejects.toThrow(
    `prod lives in ${account("prod")}; these credentials are for 999999999999.`,
  );
});
