import { expect, test } from "vitest";
import { operationOf } from "../../platform/index.ts";
import {
  anybody,
  aPractice,
  doctorOf,
  offer,
  once,
  outcomesOf,
  testContext,
  toldEvents,
} from "../../testing/index.ts";
import { Service } from "../index.ts";

const given = async () => {
  const context = await testContext();
  const practice = aPractice(context);
  return { context, practice, doctor: doctorOf(practice) };
};

const workshop: Service.NewService = {
  name: "Taller",
  category: "group",
  duration: 60,
  price: 25_000,
  bufferBefore: 0,
  bufferAfter: 0,
  approval: "instant",
  capacity: 20,
};

test("a service is offered and told of", async () => {
  const { context, practice, doctor } = await given();
  const { serviceId } = await Service.create(context, doctor, practice, workshop, once(context));
  const stored = { ...workshop, serviceId, currency: "MXN", active: true, version: 1 };
  expect(await Service.byId(context, serviceId)).toMatchObject(stored);
  expect(await Service.active(context, practice.profileId)).toMatchObject([stored]);
  expect(await toldEvents(context)).toEqual(["medical-service/created"]);
});

test("creating it again with the same key answers the same, and with other content is refused", async () => {
  const { context, practice, doctor } = await given();
  const create = (input: Service.NewService) =>
    Service.create(context, doctor, practice, input, operationOf(context, "test", "key", input));
  const [first, second] = await Promise.all([create(workshop), create(workshop)]);
  expect(second).toEqual(first);
  await Service.edit(context, doctor, first.serviceId, { price: 1 });
  expect(await create(workshop)).toEqual(first);
  await expect(create({ ...workshop, price: 1 })).rejects.toMatchObject({ type: "idempotency-key-reused" });
  expect(await Service.all(context, practice.profileId)).toHaveLength(1);
  expect(await toldEvents(context)).toEqual(["medical-service/created", "medical-service/updated"]);
});

test("an edit counts against the version that was read", async () => {
  const { context, practice, doctor } = await given();
  const { serviceId } = await offer(context, practice);
  const edited = await Service.edit(context, doctor, serviceId, { price: 70_000 }, 1);
  expect(edited).toMatchObject({ price: 70_000, version: 2 });
  expect(await Service.get(context, practice.profileId, serviceId)).toMatchObject({
    price: 70_000,
    version: 2,
  });
  await expect(Service.edit(context, doctor, serviceId, { price: 1 }, 1)).rejects.toMatchObject({
    type: "stale",
  });
});

test("without a version the last edit wins, also when several come at once", async () => {
  const { context, practice, doctor } = await given();
  const { serviceId } = await offer(context, practice);
  const edits = [1, 2, 3, 4].map((price) => Service.edit(context, doctor, serviceId, { price }));
  const versions = (await Promise.all(edits)).map(({ version }) => version);
  expect(versions.sort()).toEqual([2, 3, 4, 5]);
  expect(await Service.byId(context, serviceId)).toMatchObject({ version: 5 });
});

test("a service that is taken away stays, for the bookings that point to it", async () => {
  const { context, practice, doctor } = await given();
  const { serviceId } = await offer(context, practice);
  await Service.edit(context, doctor, serviceId, { active: false });
  expect(await Service.active(context, practice.profileId)).toEqual([]);
  expect(await Service.get(context, practice.profileId, serviceId)).toMatchObject({ active: false });
});

test("only those who run the calendar may change what it offers", async () => {
  const { context, practice, doctor } = await given();
  const { serviceId } = await offer(context, practice);
  const stranger = doctorOf(aPractice(context));
  const create = (actor: Parameters<typeof Service.create>[1]) =>
    Service.create(context, actor, practice, workshop, once(context));
  await expect(create(stranger)).rejects.toMatchObject({ type: "not-found" });
  await expect(Service.edit(context, stranger, serviceId, {})).rejects.toMatchObject({ type: "not-found" });
  for (const actor of [{ ...doctor, roles: ["nurse" as const] }, { kind: "public" as const }]) {
    await expect(create(actor)).rejects.toMatchObject({ type: "forbidden" });
    await expect(Service.edit(context, actor, serviceId, {})).rejects.toMatchObject({ type: "forbidden" });
  }
  const admin = { ...doctorOf(aPractice(context)), organizationId: practice.organizationId };
  await Service.edit(context, { ...admin, roles: ["admin"] }, serviceId, { price: 5 });
  await expect(Service.edit(context, doctor, "svc_01JDWXR3M8Q6V9T2KZB4N7HC5E", {})).rejects.toMatchObject({
    type: "not-found",
  });
});

test("lengths and buffers fall on five minutes", () => {
  for (const changes of [
    { duration: 22 },
    { duration: 0 },
    { bufferAfter: 3 },
    { capacity: 0 },
    { price: 0.5 },
  ]) {
    expect(Service.NewService.safeParse({ ...workshop, ...changes }).success).toBe(false);
  }
  expect(Service.NewService.safeParse(workshop).success).toBe(true);
});

test("what is not offered any more is listed for the clinic's staff alone", async () => {
  const { context, practice, doctor } = await given();
  const { serviceId } = await offer(context, practice);
  await offer(context, practice, { name: "Vacuna" });
  expect(await Service.inactive(context, doctor, practice)).toEqual([]);
  await Service.edit(context, doctor, serviceId, { active: false });
  const nurse = { ...doctor, roles: ["nurse" as const], careTeams: [] };
  expect(await Service.inactive(context, nurse, practice)).toMatchObject([{ serviceId, version: 2 }]);
  const others = [doctorOf(aPractice(context)), anybody];
  const outcomes = outcomesOf(others.map((actor) => Service.inactive(context, actor, practice)));
  expect(await outcomes).toEqual(["not-found", "forbidden"]);
});
