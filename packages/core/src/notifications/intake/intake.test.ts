import { createDecipheriv, hkdfSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { QueryCommand } from "@aws-sdk/client-dynamodb";
import { expect, test } from "vitest";
import { testContext } from "../../testing/context.ts";
import { rowsOf } from "../../testing/rows.ts";
import { Intake } from "../index.ts";

test("a call is known for a day after it was heard, and no other is", async () => {
  const context = await testContext();
  expect(await Intake.isHeard(context, ["resend", "msg_1"])).toBe(false);
  await Intake.heard(context, ["resend", "msg_1"]);
  expect(await Intake.isHeard(context, ["resend", "msg_1"])).toBe(true);
  expect(await Intake.isHeard(context, ["resend", "msg_2"])).toBe(false);
  expect(await Intake.isHeard(context, ["stripe", "msg_1"])).toBe(false);
  context.pass({ hours: 23, minutes: 59 });
  expect(await Intake.isHeard(context, ["resend", "msg_1"])).toBe(true);
  // The table takes its time to delete what has ended.
  context.pass({ minutes: 1 });
  expect(await Intake.isHeard(context, ["resend", "msg_1"])).toBe(false);
});

/** By the stage's key, as whoever runs it can. */
function opened(sealed: string): string {
  const key = Buffer.from(hkdfSync("sha256", new Uint8Array(32).fill(7), "", "turno/seal", 32));
  const bytes = Buffer.from(sealed.slice("sealed.v1.".length), "base64url");
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString();
}

test("what makes no sense is kept for 30 days, once, and only whoever has the key can read it", async () => {
  const context = await testContext();
  const misfit = { provider: "meta", reason: "message: from", body: '{"from":"Lucía"}' };
  await Intake.park(context, misfit);
  await Intake.park(context, misfit);
  await Intake.park(context, { ...misfit, provider: "twilio" });
  const [row, ...others] = await Intake.parked(context, "meta", "2026-03-02");
  expect(others).toEqual([]);
  expect(row).toMatchObject({ reason: "message: from", parkedAt: context.now() });
  expect(opened(row!.body)).toBe('{"from":"Lucía"}');
  const rows = await rowsOf(context, "parked");
  expect(JSON.stringify(rows)).not.toContain("Luc");
  expect(rows.map(({ ttl }) => ttl)).toEqual([1_775_055_600, 1_775_055_600]);
});

test("a call that is too large for a row is kept whole, in several", async () => {
  const context = await testContext();
  const body = "Lucía 👂🏽 ".repeat(30_000);
  for (const _ of [1, 2]) await Intake.park(context, { provider: "meta", reason: "message: from", body });
  const pieces = await Intake.parked(context, "meta", "2026-03-02");
  expect(pieces.map(({ piece }) => piece)).toEqual(["1 of 5", "2 of 5", "3 of 5", "4 of 5", "5 of 5"]);
  expect(pieces.map((piece) => opened(piece.body)).join("")).toBe(body);
  // A row of the table has at most 400 KB.
  for (const row of await rowsOf(context, "parked")) {
    expect(Buffer.byteLength(JSON.stringify(row))).toBeLessThan(400 * 1024);
  }
});

test("whoever runs the stage reads what was parked by the query of docs/deploy.md", async () => {
  const context = await testContext();
  await Intake.park(context, { provider: "web-push", reason: "another day", body: "{}" });
  context.pass({ days: 1 });
  for (const provider of ["meta", "web-push"]) {
    await Intake.park(context, { provider, reason: `of ${provider}`, body: "{}" });
  }
  const handbook = readFileSync(new URL("../../../../../docs/deploy.md", import.meta.url), "utf8");
  const [, condition, values] = /--key-condition-expression '(.+)'[^']+'(.+parked.+)'/.exec(handbook) ?? [];
  const filled = values!.replace("<provider>", "web-push").replace("<YYYY-MM-DD>", "2026-03-03");
  const { Items } = await context.table.client.send(
    new QueryCommand({
      TableName: context.table.table,
      KeyConditionExpression: condition!,
      ExpressionAttributeValues: JSON.parse(filled),
    }),
  );
  expect(Items).toMatchObject([
    { parkedAt: { S: "2026-03-03T15:00:00.000Z" }, reason: { S: "of web-push" } },
  ]);
});
