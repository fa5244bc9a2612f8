import type { Channel } from "@turno/core/notifications";
import type { Payment } from "@turno/core/payments";
import type { Context } from "@turno/core/platform";
import type { Client } from "./client.ts";

/** What the health check finds, by the names that are measured. */
type Finding = "SlotsMissing" | "RemindersMissing" | "FailedRuns" | "LateSchedules" | "Repairs";

/** What a workflow works with. */
export interface Desk {
  readonly inngest: Client;
  readonly context: Context;
  readonly channels: Channel.Channels;
  readonly payments: Payment.Providers;
  /** Where patients and staff open what messages link to; without a final slash. */
  readonly webUrl: string;
  /** Hears what is counted; nobody when left out. */
  readonly measure?: (values: Partial<Record<Finding, number>>) => void;
}
