import { beforeAll, expect, test } from "vitest";
import { aDesk, type Desk, TUESDAY } from "../testing/index.ts";

let desk: Desk;

beforeAll(async () => {
  desk = await aDesk();
});

const page = (query: Record<string, string>) =>
  desk.call("listSlots", {
    params: { profileId: desk.practice.profileId },
    query: { from: TUESDAY, to: TUESDAY, ...query },
  });

type Items = { slotId: string }[];

test("pages follow each other to the end", async () => {
  const whole = (await page({})).body.items as Items;
  const walked: Items = [];
  let cursor: string | undefined;
  do {
    const { body } = await page({ limit: "7", ...(cursor && { cursor }) });
    walked.push(...(body.items as Items));
    cursor = body.nextCursor as string | undefined;
  } while (cursor);
  expect(walked).toEqual(whole);
  expect(walked).toHaveLength(20);
});

test("a page may have another length than the one before", async () => {
  const { body } = await page({ limit: "7" });
  expect((await page({ limit: "3", cursor: String(body.nextCursor) })).status).toBe(200);
});

test("a cursor belongs to its list and filters", async () => {
  const { body } = await page({ limit: "7" });
  const cursor = String(body.nextCursor);
  const { serviceId } = desk.consultation;
  const others: Record<string, string>[] = [
    { cursor, serviceId },
    { cursor: `${cursor}0` },
    { cursor: "made-up" },
    { cursor: "" },
  ];
  for (const query of others) {
    const { status, body: problem } = await page({ limit: "7", ...query });
    expect(status).toBe(422);
    expect(problem.errors).toMatchObject([{ in: "query", pointer: "/cursor" }]);
  }
});
