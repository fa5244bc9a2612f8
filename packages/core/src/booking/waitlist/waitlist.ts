import * as z from "zod";
import { Source, Urgency } from "../../platform/events/index.ts";
import {
  base32,
  epochMillis,
  fromBase32,
  type Instant,
  Instant as InstantSchema,
  idFrom,
  idOf,
  instantOf,
  Language,
  LocalDate,
  Refusal,
  ULID_REGEX,
  ulidIn,
  WallTime,
} from "../../platform/schemas.ts";
import { SlotId, slotIdOf } from "../../scheduling/schemas.ts";
import { ClinicalDetails, clinicalOf, PatientDetails } from "../appointment/details.ts";

/** Times of day by the wall clock of the place where the visit takes place. */
const TimeOfDay = z
  .strictObject({ startTime: WallTime, endTime: WallTime })
  .refine(({ startTime, endTime }) => startTime < endTime, {
    path: ["endTime"],
    message: "must be after startTime",
  });

/** When somebody could come. Dates and times are the calendar's own. */
const wishes = {
  from: LocalDate.meta({ description: "The first day on which they could come" }),
  to: LocalDate.meta({ description: "The last one; then they wait no longer", example: "2026-12-20" }),
  weekdays: z
    .array(z.int().min(0).max(6))
    .min(1)
    .max(7)
    .optional()
    .meta({ description: "0 Sunday to 6 Saturday; any day when left out" }),
  times: z
    .array(TimeOfDay)
    .min(1)
    .max(4)
    .optional()
    .meta({ description: "When a visit may begin; at any time when left out" }),
};

/** A wish for a time that is not free yet. */
export const NewEntry = z
  .strictObject({
    profileId: idOf("profile"),
    serviceId: idOf("service"),
    ...PatientDetails.shape,
    ...ClinicalDetails.shape,
    urgencyLevel: Urgency.default("normal"),
    source: Source.default("web"),
    ...wishes,
  })
  .refine(({ from, to }) => from <= to, { path: ["to"], message: "must not come before from" });
export type NewEntry = z.infer<typeof NewEntry>;

export const EntryStatus = z.enum(["waiting", "offered", "booked", "left", "lapsed"]);
export type EntryStatus = z.infer<typeof EntryStatus>;

/** A time that is held for one person, on the terms that hold now, until they accept or `expiresAt`. */
export interface Offer {
  readonly start: Instant;
  readonly end: Instant;
  readonly bufferBefore: number;
  readonly bufferAfter: number;
  readonly group: boolean;
  readonly serviceName: string;
  readonly price: number;
  readonly currency: string;
  readonly expiresAt: Instant;
  /** What freed the time: one such occasion makes one offer, however often it is told. */
  readonly round: string;
}

/** Somebody who waits for a time with one doctor, and what came of it. */
export interface Entry extends ClinicalDetails {
  /** A ULID; the request or reservation that it becomes shares it, and the ledger names it as owner. */
  readonly appointmentId: string;
  readonly organizationId: string;
  readonly profileId: string;
  readonly patientId: string;
  readonly patientName: string;
  readonly patientPhone: string;
  readonly patientEmail?: string;
  readonly language: Language;
  readonly serviceId: string;
  readonly serviceName: string;
  readonly urgencyLevel: Urgency;
  readonly source: Source;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly weekdays?: readonly number[];
  readonly times?: readonly z.infer<typeof TimeOfDay>[];
  /** The end of the last day. */
  readonly until: Instant;
  readonly joinedAt: Instant;
  /** The care team put them on the list: what they accept needs no approval any more. */
  readonly vouched?: boolean;
  readonly status: EntryStatus;
  /** There while offered. */
  readonly offer?: Offer;
  /** The starts that were offered so far. A time is offered once to each. */
  readonly seen?: readonly Instant[];
  /** Left by the operations that joined, and that accepted or declined. */
  readonly mark?: string;
  readonly offerMark?: string;
}

/** An offer that can be accepted at `now`. */
export const liveOffer = ({ status, offer }: Entry, now: Instant): Offer | undefined =>
  status === "offered" && offer && offer.expiresAt > now ? offer : undefined;

/** What an entry is at `now`, whether or not anything has run: an offer that has ended is none, a range goes by. */
export function statusAt(entry: Entry, now: Instant): EntryStatus {
  if (entry.status !== "waiting" && entry.status !== "offered") return entry.status;
  if (liveOffer(entry, now)) return "offered";
  return entry.until <= now ? "lapsed" : "waiting";
}

const START_LENGTH = 6;

/** An entry is offered a start once, so that both name the offer and no index is needed to find it. */
export const offerIdOf = ({ appointmentId }: Pick<Entry, "appointmentId">, start: Instant): string =>
  `ofr_${appointmentId}${base32(BigInt(epochMillis(start) / 60_000), START_LENGTH)}`;

export const offerKeyOf = (offerId: string): { entryId: string; start: Instant } => {
  const code = ulidIn(offerId);
  return {
    entryId: idFrom("entry", code.slice(0, -START_LENGTH)),
    start: instantOf(fromBase32(code.slice(-START_LENGTH)) * 60_000),
  };
};

export const OfferId = z
  .string()
  .regex(new RegExp(`^ofr_${ULID_REGEX}[0-9A-HJKMNP-TV-Z]{${START_LENGTH}}$`), "must be an offer id")
  .meta({ description: "Id of an offer", example: "ofr_01JDWXR3M8Q6V9T2KZB4N7HC5E0W7KZR" });

/** This person waits for this service with this doctor already. */
export class AlreadyWaiting extends Refusal {
  /** The entry that stands in the way: for ending one whose time is up, not for showing. */
  readonly entryId: string;

  constructor(entryId: string) {
    super("already-waiting", "You are on this waiting list already.");
    this.entryId = entryId;
  }
}

/** The offer was accepted, declined, left or has lapsed: somebody else, or time, was first. */
export class OfferEnded extends Refusal {
  constructor(entryId: string, status: EntryStatus) {
    super("offer-ended", `This offer has ended; you are ${status}.`, { entryId, status });
  }
}

const OfferView = z.object({
  offerId: OfferId,
  slotId: SlotId,
  startTime: InstantSchema,
  endTime: InstantSchema,
  price: z.int(),
  currency: z.string(),
  expiresAt: InstantSchema.meta({ description: "The time is held until then" }),
});

/** An entry as its patient and the care team see it. */
export const EntryView = z.object({
  entryId: idOf("entry"),
  status: EntryStatus,
  profileId: idOf("profile"),
  patientId: idOf("patient"),
  serviceId: idOf("service"),
  serviceName: z.string(),
  patientName: z.string(),
  patientPhone: z.string(),
  patientEmail: z.string().optional(),
  language: Language,
  ...ClinicalDetails.shape,
  urgencyLevel: Urgency,
  source: Source,
  from: LocalDate,
  to: LocalDate,
  weekdays: z.array(z.int()).optional(),
  times: z.array(z.object({ startTime: WallTime, endTime: WallTime })).optional(),
  joinedAt: InstantSchema,
  offer: OfferView.optional(),
});
export type EntryView = z.infer<typeof EntryView>;

/** An entry as the list shows it: nothing clinical. */
export const EntrySummary = EntryView.pick({
  entryId: true,
  status: true,
  profileId: true,
  patientId: true,
  serviceId: true,
  serviceName: true,
  patientName: true,
  urgencyLevel: true,
  from: true,
  to: true,
  weekdays: true,
  times: true,
  joinedAt: true,
  offer: true,
});
export type EntrySummary = z.infer<typeof EntrySummary>;

export const summaryOf = (entry: Entry, now: Instant): EntrySummary => {
  const offer = liveOffer(entry, now);
  return {
    entryId: idFrom("entry", entry.appointmentId),
    status: statusAt(entry, now),
    profileId: entry.profileId,
    patientId: entry.patientId,
    serviceId: entry.serviceId,
    serviceName: entry.serviceName,
    patientName: entry.patientName,
    urgencyLevel: entry.urgencyLevel,
    from: entry.from,
    to: entry.to,
    ...(entry.weekdays && { weekdays: [...entry.weekdays] }),
    ...(entry.times && { times: [...entry.times] }),
    joinedAt: entry.joinedAt,
    ...(offer && {
      offer: {
        offerId: offerIdOf(entry, offer.start),
        slotId: slotIdOf({ ...entry, start: offer.start }),
        startTime: offer.start,
        endTime: offer.end,
        price: offer.price,
        currency: offer.currency,
        expiresAt: offer.expiresAt,
      },
    }),
  };
};

export const viewOf = (entry: Entry, now: Instant): EntryView => ({
  ...summaryOf(entry, now),
  patientPhone: entry.patientPhone,
  patientEmail: entry.patientEmail,
  language: entry.language,
  ...clinicalOf(entry),
  source: entry.source,
});
