import { describe, expect, test } from "vitest";
import type { Actor } from "../../platform/index.ts";
import { Slot } from "../../scheduling/index.ts";
import {
  anOpenDay,
  aPractice,
  ask,
  doctorOf,
  factsOf,
  freeTimes,
  known,
  once,
  outcomesOf,
  patientOf,
  rowsOf,
  slotAt,
  testContext,
  toldEvents,
} from "../../testing/index.ts";
import { Request } from "../index.ts";

// Tuesday in Mexico City.
const TUESDAY = "2026-03-03";
const NINE = "2026-03-03T15:00:00.000Z";

/** A request for 09:00 that holds its slot for an hour. */
const given = async () => {
  const context = await testContext();
  const day = await anOpenDay(context, TUESDAY);
  const { practice, service } = day;
  const briefly = { ...practice, policy: { ...practice.policy, holdMinutes: 60 } };
  const request = await ask(context, briefly, service, NINE);
  return {
    context,
    ...day,
    ...request,
    doctor: doctorOf(practice),
    patient: patientOf(practice, request.requestId),
  };
};

type Given = Awaited<ReturnType<typeof given>>;

const reject = ({ context, requestId }: Given, actor: Actor, reason = "de viaje") =>
  Request.reject(context, actor, { requestId, reason, operation: once(context) });
const cancel = ({ context, requestId }: Given, actor: Actor) =>
  Request.cancel(context, actor, { requestId, reason: "ya no", operation: once(context) });
const expire = ({ context, practice, requestId }: Given) =>
  Request.expire(context, known(practice), requestId);

/** The slot is as if nobody had ever asked. */
const expectFree = async ({ context, practice, service }: Given) => {
  expect(await freeTimes(context, practice, TUESDAY)).toContain("09:00");
  expect(await Slot.get(context, Slot.slotKeyOf(slotAt(practice, service, NINE)))).toMatchObject({
    taken: 0,
    holds: [],
  });
  for (const hour of await rowsOf(context, "hour")) {
    expect(Object.keys(hour).filter((name) => /^g\d+$/.test(name))).toEqual([]);
  }
};

test("a rejected request frees its slot and is told with its reason", async () => {
  const scene = await given();
  await reject(scene, scene.doctor);
  await expectFree(scene);
  expect((await toldEvents(scene.context)).at(-1)).toBe("reservation/rejected slot/released");
  expect(await Request.view(scene.context, scene.patient, scene.requestId)).toMatchObject({
    status: "rejected",
    reason: "de viaje",
    decidedAt: scene.context.now(),
  });
});

test("a cancelled request frees its slot, whether its patient or the clinic cancels", async () => {
  for (const by of ["patient", "doctor"] as const) {
    const scene = await given();
    await cancel(scene, scene[by]);
    await expectFree(scene);
    const [told] = await factsOf(scene.context, "reservation/request-cancelled");
    expect(told?.data).toMatchObject({ cancelledBy: by, reason: "cancelled", cancellationReason: "ya no" });
  }
});

describe("an expiry", () => {
  test("frees the slot and is told", async () => {
    const scene = await given();
    scene.context.at(scene.expiresAt);
    await expire(scene);
    await expectFree(scene);
    expect((await toldEvents(scene.context)).at(-1)).toBe("reservation/request-expired slot/released");
  });

  test("is not due before its time, and done once", async () => {
    const scene = await given();
    scene.context.at(scene.expiresAt);
    scene.context.pass({ seconds: -0.001 });
    await expect(expire(scene)).rejects.toMatchObject({ type: "not-due" });
    scene.context.at(scene.expiresAt);
    expect((await outcomesOf([expire(scene), expire(scene), expire(scene)])).sort()).toEqual([
      "already-decided",
      "already-decided",
      "done",
    ]);
    await expect(expire(scene)).rejects.toMatchObject({
      type: "already-decided",
      facts: { status: "expired" },
    });
  });
});

test("whoever decides second learns what the request became", async () => {
  const decisions = {
    rejected: (scene: Given) => reject(scene, scene.doctor),
    cancelled: (scene: Given) => cancel(scene, scene.patient),
  };
  for (const [status, decide] of Object.entries(decisions)) {
    const scene = await given();
    await decide(scene);
    const learns = { type: "already-decided", facts: { status } };
    await expect(reject(scene, scene.doctor)).rejects.toMatchObject(learns);
    await expect(cancel(scene, scene.patient)).rejects.toMatchObject(learns);
  }
});

test("a request whose time is up can be decided by nobody, although no job has run", async () => {
  const scene = await given();
  scene.context.at(scene.expiresAt);
  const late = { type: "already-decided", facts: { status: "expired" } };
  await expect(reject(scene, scene.doctor)).rejects.toMatchObject(late);
  await expect(cancel(scene, scene.patient)).rejects.toMatchObject(late);
});

test("only those who run the calendar reject, and only they and the patient cancel", async () => {
  const scene = await given();
  const { context, practice, doctor } = scene;
  const stranger = doctorOf(aPractice(context));
  const nurse = { ...doctor, roles: ["nurse" as const] };
  const otherPatient = patientOf(
    practice,
    (await ask(context, practice, scene.service, "2026-03-03T15:20:00.000Z")).requestId,
  );
  const everybody: Actor[] = [stranger, nurse, { kind: "public" }, scene.patient];
  expect(await outcomesOf(everybody.map((actor) => reject(scene, actor)))).toEqual([
    "not-found",
    "forbidden",
    "forbidden",
    "forbidden",
  ]);
  const others: Actor[] = [
    stranger,
    nurse,
    { kind: "public" },
    otherPatient,
    { ...scene.patient, organizationId: stranger.organizationId },
  ];
  expect(await outcomesOf(others.map((actor) => cancel(scene, actor)))).toEqual([
    "not-found",
    "forbidden",
    "forbidden",
    "not-found",
    "not-found",
  ]);
});
