import { catalogue } from "@turno/core/events";
import { expect, test } from "vitest";
import { oneAtATime } from "./booking/remind.ts";
import { events } from "./events.ts";
import { workflowIds } from "./ids.ts";
import { workflows } from "./workflows.ts";

const nobody = {} as never;
const { inngest, functions } = workflows({ context: nobody, channels: nobody, webUrl: "" });

test("workflows have the ids, concurrency and retries that others know them by", () => {
  const options = functions.map(({ opts: { id, concurrency, retries } }) => [id, concurrency, retries]);
  expect(options).toEqual([
    ["patient-registration", undefined, undefined],
    ["request-approval", undefined, undefined],
    ["request-expiration", 10, 2],
    ["request-decision", undefined, undefined],
    ["appointment-reminders", [{ limit: 10 }, oneAtATime], 3],
    ["reminder-scan", undefined, undefined],
    ["due-reminders", [{ limit: 10 }, oneAtATime], 3],
    ["appointment-reminder", undefined, undefined],
    ["appointment-cancellation", 5, 2],
    ["appointment-rescheduling", 3, 2],
    ["appointment-follow-up", 5, 2],
    ["no-show-sweep", undefined, undefined],
    ["no-show-count", undefined, undefined],
    ["medication-reminders", [{ limit: 20 }, { limit: 1, key: "event.data.prescriptionId" }], 1],
    ["waitlist-offer", undefined, undefined],
    ["deposit-request", undefined, undefined],
    ["deposit-paid", undefined, undefined],
    ["deposit-refund", undefined, undefined],
    ["notification-fallover", undefined, undefined],
    ["patient-reply", undefined, undefined],
    ["slot-generation-scheduler", undefined, undefined],
    ["daily-slot-generation", 5, 1],
    ["availability-changed", undefined, undefined],
    ["services-changed", undefined, undefined],
    ["expired-slots-scheduler", undefined, undefined],
    ["expired-slots-cleanup", 3, 1],
    ["record-run", undefined, undefined],
    ["analytics-rollup", undefined, undefined],
    ["workflow-health-check", 1, undefined],
  ]);
  expect(functions.map(({ opts }) => opts.id)).toEqual(workflowIds);
});

test("nothing is in development mode unless it is asked for", () => {
  expect(inngest.mode).toBe("cloud");
});

test("every event of the catalogue can be a trigger, with its people sealed", () => {
  expect(Object.keys(events)).toEqual(Object.keys(catalogue));
  const sealed = { requestId: "req_1", slotId: "slt_1", profileId: "prf_1", doctorId: "prf_1" };
  const people = { patientName: "sealed.v1.a", patientPhone: "sealed.v1.b", doctorPhone: "sealed.v1.c" };
  const { schema } = events["reservation/request-expired"];
  expect(schema.safeParse({ ...sealed, ...people }).success).toBe(true);
  expect(schema.safeParse({ ...people }).success).toBe(false);
});
