import * as z from "zod";
import {
  base32,
  epochMillis,
  fromBase32,
  type Instant,
  Instant as InstantSchema,
  type Interval,
  idOf,
  instantOf,
  Refusal,
  ULID_REGEX,
  ulidIn,
} from "../../platform/schemas.ts";

/** A slot is known by calendar, start and service, so that generating it twice makes it once. */
export interface SlotKey {
  readonly profileId: string;
  readonly start: Instant;
  readonly serviceId: string;
}

const MINUTES_LENGTH = 6;

const minutesCode = (start: Instant): string => base32(BigInt(epochMillis(start) / 60_000), MINUTES_LENGTH);

/** The id says the key: no index is needed to find a slot by its id. */
export const slotIdOf = ({ profileId, start, serviceId }: SlotKey): string =>
  `slt_${ulidIn(profileId)}${minutesCode(start)}${ulidIn(serviceId)}`;

export const SlotId = z
  .string()
  .regex(new RegExp(`^slt_${ULID_REGEX}[0-9A-HJKMNP-TV-Z]{6}${ULID_REGEX}$`), "must be a slot id")
  .meta({
    description: "Id of a slot",
    example: "slt_01JDWXR3M8Q6V9T2KZB4N7HC5E0SQB4W01JDWXR3M8Q6V9T2KZB4N7HC5F",
  });

export const slotKeyOf = (slotId: string): SlotKey => {
  const code = slotId.slice(4);
  return {
    profileId: `prf_${code.slice(0, 26)}`,
    start: instantOf(fromBase32(code.slice(26, 32)) * 60_000),
    serviceId: `svc_${code.slice(32)}`,
  };
};

/** A group's time as its slot keeps it. */
export const spanOf = ({ start, end }: Interval): string => `${start}/${end}`;

/** A pending request's seat; it ends at `expiresAt` whether or not anything has run. */
export interface Hold {
  /** The appointment's ULID. */
  readonly owner: string;
  readonly expiresAt: Instant;
}

/** A bookable stretch of a calendar. What it is follows from what is stored, and from the time. */
export interface Slot extends SlotKey {
  readonly organizationId: string;
  readonly end: Instant;
  readonly capacity: number;
  /** Seats taken, held ones included. */
  readonly taken: number;
  readonly holds: readonly Hold[];
  readonly blocked: boolean;
  /** Whether it is there only for those who sit in it, since no hours call for it any more. */
  readonly retired: boolean;
  /** Of a group in which somebody sits: the time that it occupies, as {@link spanOf} writes it. */
  readonly span?: string;
}

export const SlotStatus = z.enum(["available", "pending_approval", "reserved", "expired", "blocked"]);
export type SlotStatus = z.infer<typeof SlotStatus>;

export const liveHolds = (slot: Slot, now: Instant): Hold[] =>
  slot.holds.filter(({ expiresAt }) => expiresAt > now);

export const endedHolds = (slot: Slot, now: Instant): Hold[] =>
  slot.holds.filter(({ expiresAt }) => expiresAt <= now);

/** Seats that can be booked now: a hold past its end no longer counts. */
export const remaining = (slot: Slot, now: Instant): number =>
  slot.capacity - slot.taken + endedHolds(slot, now).length;

/** Whether nobody is let in, although nobody sits on the last seat. */
export const isClosed = ({ blocked, retired, taken, capacity }: Slot): boolean =>
  blocked || (retired && taken < capacity);

export function statusOf(slot: Slot, now: Instant): SlotStatus {
  if (slot.blocked) return "blocked";
  if (remaining(slot, now) > 0) {
    if (slot.start <= now) return "expired";
    return slot.retired ? "blocked" : "available";
  }
  return liveHolds(slot, now).length > 0 ? "pending_approval" : "reserved";
}

/** A slot as patients see it. */
export const BookableSlot = z.object({
  slotId: SlotId,
  serviceId: idOf("service"),
  startTime: InstantSchema,
  endTime: InstantSchema,
  localStartTime: z.string().meta({ example: "2026-12-03T09:00:00-06:00" }),
  timezone: z.string(),
  remaining: z.int().min(1),
});

export type BookableSlot = z.infer<typeof BookableSlot>;

/** A slot that is blocked, as staff see it. */
export const BlockedSlot = BookableSlot.pick({
  slotId: true,
  serviceId: true,
  startTime: true,
  endTime: true,
});
export type BlockedSlot = z.infer<typeof BlockedSlot>;

/** The time is no longer free. `blockers` are the owners that the ledger named: for expiring ended holds, not for showing. */
export class SlotTaken extends Refusal {
  readonly blockers: readonly string[];

  constructor(key: SlotKey, blockers: readonly string[] = []) {
    super("slot-taken", "This time has just been taken. Please choose another.", { slotId: slotIdOf(key) });
    this.blockers = blockers;
  }
}

export class SlotBlocked extends Refusal {
  constructor(key: SlotKey) {
    super("slot-blocked", "This time is not open for booking.", { slotId: slotIdOf(key) });
  }
}
