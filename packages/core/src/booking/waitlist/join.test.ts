import { describe, expect, test } from "vitest";
import {
  anOpenDay,
  anybody,
  doctorOf,
  factsOf,
  join,
  offer,
  once,
  outcomesOf,
  patientOf,
  rowsOf,
  testContext,
  toldEvents,
} from "../../testing/index.ts";
import { Waitlist } from "../index.ts";

// Tests begin on Monday, 2 March 2026, 09:00 in Mexico City.
const given = async () => {
  const context = await testContext();
  const day = await anOpenDay(context, "2026-03-03");
  return { context, ...day, doctor: doctorOf(day.practice) };
};

const listed = async ({ context, practice, doctor }: Awaited<ReturnType<typeof given>>, query = {}) =>
  (await Waitlist.list(context, doctor, practice, { limit: 50, ...query })).items;

describe("joining", () => {
  test("keeps the wish and tells of it", async () => {
    const scene = await given();
    const { context, practice, service } = scene;
    const wish = { weekdays: [2], times: [{ startTime: "09:00", endTime: "11:00" }] };
    const { entryId, patientId } = await join(context, practice, service, { wish });
    const view = await Waitlist.view(context, patientOf(practice, entryId), entryId);
    expect(view).toMatchObject({ entryId, status: "waiting", serviceName: service.name, ...wish });
    expect(await factsOf(context, "waitlist/joined")).toMatchObject([
      { about: entryId, data: { entryId, patientId, serviceId: service.serviceId } },
    ]);
  });

  test("twice is one entry: for the same person, service and doctor", async () => {
    const { context, practice, service } = await given();
    const join1 = () => join(context, practice, service);
    expect((await outcomesOf([join1(), join1(), join1()])).sort()).toEqual([
      "already-waiting",
      "already-waiting",
      "done",
    ]);
    const wish = { patientName: "lucia  RAMIREZ", from: "2026-03-04" };
    expect(await outcomesOf([join(context, practice, service, { wish })])).toEqual(["already-waiting"]);
    expect(await rowsOf(context, "waiting")).toHaveLength(1);
  });

  test("is for each person, and for each service", async () => {
    const scene = await given();
    const { context, practice, service } = scene;
    const longer = await offer(context, practice, { duration: 40 });
    await join(context, practice, service);
    await join(context, practice, longer);
    await join(context, practice, service, { wish: { patientName: "Su hija" } });
    expect(await listed(scene)).toHaveLength(3);
  });

  test("by one call that comes twice answers with the same entry", async () => {
    const { context, practice, service } = await given();
    const operation = once(context);
    const [first, second] = await Promise.all([
      join(context, practice, service, { operation }),
      join(context, practice, service, { operation }),
    ]);
    expect(second).toEqual(first);
    const other = { ...operation, content: "other" };
    await expect(join(context, practice, service, { operation: other })).rejects.toMatchObject({
      type: "idempotency-key-reused",
    });
  });

  test("is for days that are still to come, and not for ever", async () => {
    const { context, practice, service } = await given();
    const tries = ["2026-03-01", "2027-03-03", "2027-03-02"].map((to) =>
      join(context, practice, service, { wish: { from: "2026-02-01", to, patientName: to } }),
    );
    expect(await outcomesOf(tries)).toEqual(["invalid", "invalid", "done"]);
  });

  test("again is possible after one has left, and when the last day has gone by and no job has run", async () => {
    const { context, practice, service } = await given();
    const first = await join(context, practice, service);
    await Waitlist.leave(context, patientOf(practice, first.entryId), first.entryId);
    const second = await join(context, practice, service);
    context.at("2026-03-09T06:00:00.000Z");
    await join(context, practice, service, { wish: { to: "2026-03-20" } });
    expect((await Waitlist.get(context, second.entryId)).status).toBe("lapsed");
    expect((await toldEvents(context)).slice(-2)).toEqual(["waitlist/lapsed", "waitlist/joined"]);
  });

  test("by staff of another clinic finds nothing", async () => {
    const { context, practice, service, doctor } = await given();
    const by = { ...doctor, organizationId: `org_${context.newUlid()}` };
    expect(await outcomesOf([join(context, practice, service, { by })])).toEqual(["not-found"]);
  });
});

describe("leaving", () => {
  test("is for the holder of the link and the care team, and may be repeated", async () => {
    const scene = await given();
    const { context, practice, service, doctor } = scene;
    const { entryId } = await join(context, practice, service);
    const other = await join(context, practice, service, { wish: { patientName: "Mateo Cruz" } });
    const leave = (actor: Parameters<typeof Waitlist.leave>[1]) => Waitlist.leave(context, actor, entryId);
    const refused = [
      leave(anybody),
      leave(patientOf(practice, other.entryId)),
      leave({ ...doctor, careTeams: [] }),
      leave({ ...doctor, organizationId: `org_${context.newUlid()}` }),
    ];
    expect(await outcomesOf(refused)).toEqual(["forbidden", "not-found", "forbidden", "not-found"]);
    await leave(patientOf(practice, entryId));
    await leave(doctor);
    expect((await toldEvents(context)).filter((events) => events === "waitlist/left")).toHaveLength(1);
    expect((await listed(scene)).map((entry) => entry.entryId)).toEqual([other.entryId]);
    // Who left needs no place on the list.
    expect(await rowsOf(context, "place")).toHaveLength(1);
  });
});

describe("the list", () => {
  test("shows each service in the order in which people are asked, without what is clinical", async () => {
    const scene = await given();
    const { context, practice, service } = scene;
    const names = ["primera", "segunda", "urgente", "baja"];
    const levels = { urgente: "urgent", baja: "low" } as const;
    for (const patientName of names) {
      const urgencyLevel = levels[patientName as keyof typeof levels] ?? "normal";
      await join(context, practice, service, {
        wish: { patientName, urgencyLevel, chiefComplaint: "Dolor de cabeza" },
      });
      context.pass({ minutes: 1 });
    }
    const items = await listed(scene);
    expect(items.map(({ patientName }) => patientName)).toEqual(["urgente", "primera", "segunda", "baja"]);
    expect(JSON.stringify(items)).not.toMatch(/Dolor|\+52/);
    expect(await listed(scene, { serviceId: `svc_${context.newUlid()}` })).toEqual([]);
  });

  test("comes in pages, and leaves out whose last day has gone by", async () => {
    const scene = await given();
    const { context, practice, service, doctor } = scene;
    for (const to of ["2026-03-02", "2026-03-08", "2026-03-09"]) {
      await join(context, practice, service, { wish: { patientName: to, to } });
    }
    context.at("2026-03-03T15:00:00.000Z");
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await Waitlist.list(context, doctor, practice, { limit: 1, cursor });
      names.push(...page.items.map(({ patientName }) => patientName));
      cursor = page.nextCursor;
    } while (cursor);
    expect(names.sort()).toEqual(["2026-03-08", "2026-03-09"]);
  });

  test("is for the care team", async () => {
    const { context, practice, doctor } = await given();
    const list = (actor: Parameters<typeof Waitlist.list>[1]) =>
      Waitlist.list(context, actor, practice, { limit: 5 });
    const lists = [list(anybody), list({ ...doctor, careTeams: [] }), list({ ...doctor, roles: ["admin"] })];
    expect(await outcomesOf(lists)).toEqual(["forbidden", "forbidden", "done"]);
  });
});
