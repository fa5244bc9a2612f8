import { Request } from "@turno/core/booking";
import { Outbox } from "@turno/core/platform";
import { ask, join, offerSlot } from "@turno/core/testing";
import { expect, test } from "vitest";
import { aClinic, at } from "../testing/clinic.ts";
import { sweeper } from "./sweep.ts";

/** A request whose time is up, and the facts of the clinic's opening, which nobody told. */
const given = async () => {
  const clinic = await aClinic();
  const { context, practice, consultation } = clinic;
  const { requestId, expiresAt } = await ask(context, practice, consultation, at("12:40"));
  context.at(expiresAt);
  const statusOf = async () => (await Request.get(context, requestId)).status;
  return { context, statusOf };
};

test("expires what is overdue and tells what the stream did not", async () => {
  const { context, statusOf } = await given();
  const names = new Set<string>();
  const sweep = sweeper({
    context,
    publish: async (events) => {
      for (const { name } of events) names.add(name);
    },
  });
  expect(await sweep()).toMatchObject({ expired: 1 });
  expect(await statusOf()).toBe("expired");
  expect(names).toContain("reservation/request-created");
  context.pass({ minutes: 3 });
  expect(await sweep()).toEqual({ expired: 0, lapsed: 0, told: 1 });
  expect(names).toContain("reservation/request-expired");
  expect(await sweep()).toEqual({ expired: 0, lapsed: 0, told: 0 });
});

test("ends what was offered and not taken, when nothing else does", async () => {
  const { context, practice, consultation } = await aClinic();
  await join(context, practice, consultation);
  await offerSlot(context, practice, consultation, at("12:40"));
  const sweep = sweeper({ context, publish: async () => undefined });
  expect(await sweep()).toMatchObject({ lapsed: 0 });
  context.pass({ minutes: 30 });
  expect(await sweep()).toMatchObject({ lapsed: 1 });
});

test("expires also while the workflow service is down, and fails without naming anybody", async () => {
  const { context, statusOf } = await given();
  const down = () => Promise.reject(new TypeError("cannot send Lucía Ramírez"));
  await expect(sweeper({ context, publish: down })()).rejects.toThrow(
    "The sweep is not complete: TypeError.",
  );
  expect(await statusOf()).toBe("expired");
  expect(await Outbox.waiting(context, 120)).not.toEqual([]);
});
