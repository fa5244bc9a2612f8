import * as z from "zod";
import { QuietHours } from "./quiet.ts";
import type { Zone } from "./zone.ts";

/** What the clinic promises and asks of a visit; a booking keeps the values that held when it was made. */
export const BookingPolicy = z.object({
  /** How long a request holds its slot, at most until the slot starts. */
  holdMinutes: z.int().min(5).max(20_160),
  /** Up to how many hours before the start a patient may cancel without charge, or move. */
  changeNoticeHours: z.int().min(0).max(720),
  /** What is paid back on an early cancel, and on any cancel by the clinic is always 100. */
  refundPercent: z.int().min(0).max(100),
  /** Whether a patient may still cancel after the notice, without refund. */
  lateCancel: z.boolean(),
  /** Hours before the start at which a reminder goes out. */
  reminderHours: z.array(z.int().min(1).max(336)).max(4),
});

export type BookingPolicy = z.infer<typeof BookingPolicy>;

/** All that the clinic has decided; what is not about a visit that is booked stays with the clinic. */
export const ClinicPolicy = BookingPolicy.extend({
  /** How long somebody on the waiting list has for accepting a time that is offered to them alone. */
  offerMinutes: z.int().min(5).max(240),
  /** What becomes of a visit that nobody has ended so long after its time: a no-show, or the front desk is asked. */
  noShow: z.object({ graceMinutes: z.int().min(0).max(1440), action: z.enum(["no_show", "review"]) }),
  /** When no patient gets a message that can wait. */
  quietHours: QuietHours,
});

export type ClinicPolicy = z.infer<typeof ClinicPolicy>;

export const defaultPolicy: ClinicPolicy = {
  holdMinutes: 24 * 60,
  changeNoticeHours: 24,
  refundPercent: 100,
  lateCancel: false,
  reminderHours: [72, 24, 2],
  offerMinutes: 30,
  noShow: { graceMinutes: 60, action: "no_show" },
  quietHours: { from: "21:00", to: "08:00" },
};

/** The languages that messages are written in. */
export const Language = z.enum(["es", "en", "pt"]);
export type Language = z.infer<typeof Language>;

/**
 * What a booking needs to know of where it happens: a profile and its clinic, as one value.
 *
 * Identity makes it; scheduling and booking are handed it, and so need not know identity.
 */
export interface Practice {
  readonly organizationId: string;
  readonly profileId: string;
  readonly timezone: Zone;
  readonly doctorName: string;
  readonly doctorPhone: string;
  readonly doctorLanguage: Language;
  readonly clinicName: string;
  readonly clinicAddress: string;
  readonly clinicPhone?: string;
  readonly currency: string;
  /** How to find the room; said in the last reminder. */
  readonly arrival: {
    readonly parking?: string;
    readonly building?: string;
    readonly floor?: string;
    readonly office?: string;
  };
  /** How soon a slot may be booked, and how far ahead. */
  readonly noticeMinutes: number;
  readonly horizonDays: number;
  readonly policy: ClinicPolicy;
}
