import { expect, test } from "vitest";
import { Inbox } from "../../notifications/index.ts";
import { catalogue } from "../../platform/events/index.ts";
import { openPractice, testContext } from "../../testing/index.ts";
import { clinicOf, ownerFields } from "./clinic.ts";

/** What these tell has no clinic by itself: the runs that they begin are the stage's. */
const ofNobody: readonly string[] = [
  // Carries the fields of another event.
  "workflow/retry",
];

test("what somebody wrote is their clinic's, whatever it answers", async () => {
  const context = await testContext();
  const { organizationId } = await openPractice(context);
  const { messageId } = await Inbox.receive(context, {
    ...{ organizationId, provider: "twilio", providerMessageId: "SM1", channel: "sms" },
    ...{ from: "+525587654321", text: "Cancelar", patientIds: [], receivedAt: context.now() },
  });
  expect(await clinicOf(context, { messageId, channel: "sms" })).toBe(organizationId);
});

test("every event says whose it is", () => {
  const silent = Object.entries(catalogue)
    .filter(([, { schema }]) => !Object.keys(schema.shape).some((field) => ownerFields.includes(field)))
    .map(([name]) => name);
  expect(silent).toEqual(ofNobody);
});
