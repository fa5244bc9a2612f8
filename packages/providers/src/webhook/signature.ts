import { createHash, timingSafeEqual } from "node:crypto";
import { epochMillis, type Instant } from "@turno/core/platform";
import { BadSignature, StaleTimestamp } from "./webhook.ts";

/** Whether two texts are the same, in a time that tells nothing of where they differ. */
export const isSame = (given: string, expected: string): boolean =>
  timingSafeEqual(digest(given), digest(expected));

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

const WINDOW_MS = 5 * 60_000;

/** Refuses what was signed more than five minutes before or after `now`. */
export function requireFresh(signedAt: number, now: Instant): void {
  if (!Number.isFinite(signedAt)) throw new BadSignature();
  if (Math.abs(epochMillis(now) - signedAt) > WINDOW_MS) throw new StaleTimestamp();
}
