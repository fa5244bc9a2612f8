import { routesById } from "@turno/contract";
import { Channel } from "@turno/core/notifications";
import { Watch } from "@turno/core/operations";
import { Outbox } from "@turno/core/platform";
import { expect, it } from "vitest";
import { apis } from "../api/index.ts";
import { eventFor, lambdaContext } from "../testing/event.ts";
import { aDesk, asked, wishFor } from "../testing/index.ts";
import { backlog } from "./backlog.ts";
import { measuredChannels } from "./channel.ts";
import { type MetricName, measureTo } from "./metric.ts";

type Values = Partial<Record<MetricName, number>>;

it("writes what CloudWatch takes for metrics", () => {
  const lines: string[] = [];
  const measure = measureTo("prod", { write: (line) => lines.push(line), now: () => 1772463600000 });
  measure({ Bookings: 1, ExpiryLag: 12.5 });
  expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
    {
      _aws: {
        Timestamp: 1772463600000,
        CloudWatchMetrics: [
          {
            Namespace: "Turno",
            Dimensions: [["Stage"]],
            Metrics: [
              { Name: "Bookings", Unit: "Count" },
              { Name: "ExpiryLag", Unit: "Seconds" },
            ],
          },
        ],
      },
      Stage: "prod",
      Bookings: 1,
      ExpiryLag: 12.5,
    },
  ]);
});

it("counts a booking, and who comes too late for its time", async () => {
  const measured: Values[] = [];
  const desk = await aDesk();
  const lambdas = apis({ ...desk.runtime, measure: (values) => measured.push(values) });
  const book = (patientPhone: string) => {
    const event = eventFor(routesById.createRequest, { body: wishFor(desk, "10:00", { patientPhone }) });
    return lambdas.booking(event, lambdaContext);
  };
  expect(await book("+525587654321")).toMatchObject({ statusCode: 201 });
  expect(await book("+525500000000")).toMatchObject({ statusCode: 409 });
  await lambdas.platform(eventFor(routesById.getHealth, {}), lambdaContext);
  expect(measured).toEqual([{ Bookings: 1 }, { Conflicts: 1 }]);
});

it("says how long the oldest fact waits, and since when a request is overdue", async () => {
  const desk = await aDesk();
  expect((await backlog(desk.context)).ExpiryLag).toBe(0);
  await asked(desk, "10:00");
  desk.context.pass({ seconds: 90 });
  const { OutboxAge, ExpiryLag } = await backlog(desk.context);
  expect(OutboxAge).toBeGreaterThanOrEqual(90);
  expect(ExpiryLag).toBe(0);
  desk.context.pass({ hours: 48 });
  expect((await backlog(desk.context)).ExpiryLag).toBeGreaterThan(0);
});

it("counts how long a fact waits from when it was written, however old it is", async () => {
  const { context, practice } = await aDesk();
  const { organizationId, profileId, doctorName } = practice;
  await Outbox.relay(context, async () => undefined, await Outbox.waiting(context, 0));
  const expiredAt = context.now();
  context.pass({ hours: 2 });
  await Outbox.announce(context, {
    ...{ organizationId, about: "req_01KJQWXR3M8Q6V9T2KZB4N7HC5", at: expiredAt, step: "a-workflow:a-step" },
    event: "doctor/request-expired",
    data: { profileId, doctorName, requestId: "req_1", patientName: "Lucía Ramírez", expiredAt },
  });
  expect((await backlog(context)).OutboxAge).toBe(0);
  context.pass({ minutes: 5 });
  expect((await backlog(context)).OutboxAge).toBe(300);
});

it("says for how long the health check has been silent, from the first look on", async () => {
  const { context } = await aDesk();
  expect((await backlog(context)).CronAge).toBe(0);
  context.pass({ minutes: 8 });
  expect((await backlog(context)).CronAge).toBe(480);
  await Watch.beat(context, []);
  expect((await backlog(context)).CronAge).toBe(0);
});

it("counts reminders among the messages, and those that fail", async () => {
  const measured: Values[] = [];
  let fails = false;
  const channels = measuredChannels(
    (name) =>
      name === "meta"
        ? {
            name,
            send: async () => {
              if (fails) throw new Channel.TryLater("busy");
              return { providerMessageId: "1" };
            },
          }
        : undefined,
    (values) => measured.push(values),
  );
  expect(channels("ses")).toBeUndefined();
  const channel = channels("meta")!;
  const message = {
    channel: "whatsapp",
    to: "+525500000000",
    language: "es",
    body: "",
    idempotencyKey: "1",
    reference: "1",
    sender: "+525550000000",
    parameters: {},
  } as const;
  await channel.send({ ...message, template: "appointment_reminder_24h" });
  await channel.send({ ...message, template: "appointment_confirmed" });
  fails = true;
  await expect(channel.send({ ...message, template: "appointment_reminder_2h" })).rejects.toThrow("busy");
  expect(measured).toEqual([
    { MessagesSent: 1, RemindersSent: 1 },
    { MessagesSent: 1 },
    { MessagesFailed: 1, RemindersFailed: 1 },
  ]);
});
