import * as z from "zod";
import {
  ChannelName,
  type Instant,
  Instant as InstantSchema,
  idOf,
  ULID_REGEX,
} from "../../platform/schemas.ts";

/** Why a person has to read a message. */
export const InboxReason = z.enum(["unclear", "unmatched", "attachment", "answer"]).meta({
  description:
    "unclear: it may mean anything; unmatched: nobody is known by this phone; attachment: a picture or a voice; answer: to a question of ours",
});
export type InboxReason = z.infer<typeof InboxReason>;

/** A message of ours that somebody answers. */
export interface Answered {
  readonly template: string;
  /** What it was about: a reservation, a request or something else. */
  readonly about: string;
  readonly appointmentId?: string;
  readonly recipient: string;
}

/** A file that came with a message, and stays with the provider. */
export interface Media {
  /** What the provider calls it. */
  readonly id: string;
  readonly fileName?: string;
}

/** What somebody wrote to a clinic. */
export interface Message {
  readonly messageId: string;
  readonly organizationId: string;
  readonly provider: string;
  readonly channel: ChannelName;
  /** In E.164, in the form that the clinic knows where it knows any. */
  readonly from: string;
  readonly text: string;
  /** What came with it or in its place, such as `audio`. */
  readonly attachment?: string;
  readonly media?: Media;
  /** Whom the clinic knows by this phone: several may share it. */
  readonly patientIds: readonly string[];
  /** What its provider calls the message that it answers, where it says so. */
  readonly quotes?: string;
  /** The message of ours that it answers, once that is known. */
  readonly answers?: Answered;
  readonly receivedAt: Instant;
  /** Where it waits for a person: nowhere, in the clinic's inbox, or behind them. */
  readonly status: "received" | "open" | "closed";
  readonly reason?: InboxReason;
}

/** A message as the inbox shows it. */
export const InboxEntry = z.object({
  messageId: idOf("message"),
  channel: ChannelName,
  from: z.string().meta({ description: "E.164" }),
  text: z.string(),
  attachment: z
    .string()
    .optional()
    .meta({ description: "What came with it or in its place, such as `audio`" }),
  media: z
    .object({
      provider: z.string().meta({ description: "Who has it", example: "meta" }),
      id: z.string().meta({ description: "What the provider calls it", example: "2754859441498128" }),
      fileName: z.string().optional(),
    })
    .optional()
    .meta({
      description: "A file that came with it: it stays with the provider, who gives it out for some days",
    }),
  reason: InboxReason,
  patientIds: z.array(idOf("patient")).meta({ description: "Whom the clinic knows by this phone" }),
  appointmentId: z
    .string()
    .regex(new RegExp(`^${ULID_REGEX}$`))
    .optional()
    .meta({
      description: "Of the message that it answers: the ULID that a request and its reservation share",
    }),
  receivedAt: InstantSchema,
});
export type InboxEntry = z.infer<typeof InboxEntry>;
