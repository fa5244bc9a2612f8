import { Channel } from "@turno/core/notifications";

/** Receipts come within seconds of a message that was taken. */
const RECEIPT_SECONDS = 120;

/**
 * For a provider that has neither a key against repetition nor a list of what was sent: what ended unclear is tried again
 * when its receipt has had time to come, which settles the message. One that comes later than that cannot keep it from
 * going out twice.
 */
export async function afterReceipt<Taken>(sending: Promise<Taken>): Promise<Taken> {
  try {
    return await sending;
  } catch (error) {
    if (!(error instanceof Channel.TryLater) || !error.unclear) throw error;
    const seconds = Math.max(RECEIPT_SECONDS, error.retryAfterSeconds ?? 0);
    throw new Channel.TryLater(error.reason, seconds, true);
  }
}
