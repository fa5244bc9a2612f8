import type { Channel } from "@turno/core/notifications";
import type { Payment } from "@turno/core/payments";
import type { Context } from "@turno/core/platform";
import type { InngestFunction } from "inngest";
import { appointmentCancellation } from "./booking/appointment-cancellation.ts";
import { appointmentFollowUp } from "./booking/appointment-follow-up.ts";
import { appointmentReminder } from "./booking/appointment-reminder.ts";
import { appointmentReminders } from "./booking/appointment-reminders.ts";
import { appointmentRescheduling } from "./booking/appointment-rescheduling.ts";
import { dueReminders } from "./booking/due-reminders.ts";
import { medicationReminders } from "./booking/medication-reminders.ts";
import { noShowCount } from "./booking/no-show-count.ts";
import { noShowSweep } from "./booking/no-show-sweep.ts";
import { reminderScan } from "./booking/reminder-scan.ts";
import { requestApproval } from "./booking/request-approval.ts";
import { requestDecision } from "./booking/request-decision.ts";
import { requestExpiration } from "./booking/request-expiration.ts";
import { waitlistOffer } from "./booking/waitlist-offer.ts";
import { type Client, client, type InngestOptions } from "./client.ts";
import type { Desk } from "./desk.ts";
import { patientRegistration } from "./identity/patient-registration.ts";
import { notificationFallover } from "./notifications/notification-fallover.ts";
import { patientReply } from "./notifications/patient-reply.ts";
import { analyticsRollup } from "./operations/analytics-rollup.ts";
import { recordRun } from "./operations/record-run.ts";
import { retryable } from "./operations/retryable.ts";
import { stopwatch } from "./operations/stopwatch.ts";
import { watched } from "./operations/watched.ts";
import { depositPaid } from "./payments/deposit-paid.ts";
import { depositRefund } from "./payments/deposit-refund.ts";
import { depositRequest } from "./payments/deposit-request.ts";
import { availabilityChanged } from "./scheduling/availability-changed.ts";
import { dailySlotGeneration } from "./scheduling/daily-slot-generation.ts";
import { expiredSlotsCleanup } from "./scheduling/expired-slots-cleanup.ts";
import { expiredSlotsScheduler } from "./scheduling/expired-slots-scheduler.ts";
import { servicesChanged } from "./scheduling/services-changed.ts";
import { slotGenerationScheduler } from "./scheduling/slot-generation-scheduler.ts";

/** Every workflow. */
const all: readonly ((desk: Desk) => InngestFunction.Any)[] = [
  patientRegistration,
  requestApproval,
  requestExpiration,
  requestDecision,
  appointmentReminders,
  reminderScan,
  dueReminders,
  appointmentReminder,
  appointmentCancellation,
  appointmentRescheduling,
  appointmentFollowUp,
  noShowSweep,
  noShowCount,
  medicationReminders,
  waitlistOffer,
  depositRequest,
  depositPaid,
  depositRefund,
  notificationFallover,
  patientReply,
  slotGenerationScheduler,
  dailySlotGeneration,
  availabilityChanged,
  servicesChanged,
  expiredSlotsScheduler,
  expiredSlotsCleanup,
  recordRun,
  analyticsRollup,
];

interface Options {
  readonly context: Context;
  readonly channels: Channel.Channels;
  /** Nobody takes payments when left out. */
  readonly payments?: Payment.Providers;
  /** Where patients and staff open what messages link to; without a final slash. */
  readonly webUrl: string;
  readonly inngest?: InngestOptions;
  /** Hears what is counted; nobody when left out. */
  readonly measure?: Desk["measure"];
}

/** What is served to the workflow service, and the client that events are sent with. */
export interface Workflows {
  readonly inngest: Client;
  readonly functions: readonly InngestFunction.Any[];
}

/** The workflows of one stage: on AWS, on one machine, or in a test, with the clock of their context. */
export function workflows({ inngest: options, ...parts }: Options): Workflows {
  const inngest = client(options, [stopwatch(parts.context)]);
  const desk = { inngest, payments: () => undefined, ...parts };
  return {
    inngest,
    functions: watched(
      desk,
      all.map((workflow) => workflow(desk)),
    ).map(retryable),
  };
}
