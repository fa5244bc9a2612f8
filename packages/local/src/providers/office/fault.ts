import { ProviderName } from "@turno/core/platform";
import * as z from "zod";
import { turnsOfShare } from "../evenly.ts";

/** How the next messages of a provider fare. `times` counts them; 0 ends what was to come. */
export const Fault = z.strictObject({
  /** Every provider when left out. */
  provider: ProviderName.optional(),
  times: z.int().min(0),
  /** Of those, the share that it hits, spread evenly: 0.05 is every twentieth; all when left out. */
  share: z.number().min(0).max(1).optional(),
  /**
   * How the call is answered. `busy`: 429, and the message is not taken. `fault`: 500. `silent`: not at all, and the message
   * is not taken. `lost`: the message is taken, and the connection breaks. `broken`: it is taken, and the answer is not what
   * the documentation says.
   */
  answer: z.enum(["busy", "fault", "silent", "lost", "broken"]).optional(),
  /** Refuses it with this code of the provider's. */
  refuse: z.union([z.int(), z.string()]).optional(),
  retryAfterSeconds: z.int().min(0).optional(),
  /** What is told later: nothing, no more than that it was sent, or that it could not be delivered. */
  receipt: z.enum(["never", "sent", "undelivered"]).optional(),
  /** How long after it was taken the receipt comes that is the last word. */
  receiptAfterSeconds: z.int().min(0).optional(),
  /** How long after it was taken Meta and SES tell that it was sent. */
  sentAfterSeconds: z.int().min(0).optional(),
});
export type Fault = z.infer<typeof Fault>;

/** Faults that are still to come. */
export interface Faults {
  set(fault: Fault): void;
  /** How the next message of a provider fails; uses it up. */
  next(provider: ProviderName): Partial<Fault>;
}

export function faults(): Faults {
  const waiting = new Map<ProviderName, Fault>();
  const shares = new Map(ProviderName.options.map((name) => [name, turnsOfShare()]));
  return {
    set(fault) {
      for (const name of fault.provider ? [fault.provider] : ProviderName.options) waiting.set(name, fault);
    },
    next(provider) {
      const fault = waiting.get(provider);
      if (!fault || fault.times === 0) return {};
      waiting.set(provider, { ...fault, times: fault.times - 1 });
      const isItsTurn = shares.get(provider)!.of(fault.share);
      return isItsTurn() ? fault : {};
    },
  };
}
