import { type Instant, plus } from "../../platform/index.ts";

/** How a phone stands with a clinic. */
export interface Contact {
  /** A keyed digest of clinic and phone. */
  readonly contactId: string;
  /** Of the last message that came from it by WhatsApp. */
  readonly wroteAt?: Instant;
  /** Whether its holder wants nothing of the clinic on it: no WhatsApp, no SMS, no call. */
  readonly isStopped: boolean;
}

/** WhatsApp takes free text for so long after the person wrote. */
const WINDOW = { hours: 24 };

/** Whether WhatsApp takes free text, and not the provider's templates alone. */
export const isWindowOpen = ({ wroteAt }: Contact, now: Instant): boolean =>
  wroteAt !== undefined && now < plus(wroteAt, WINDOW);
