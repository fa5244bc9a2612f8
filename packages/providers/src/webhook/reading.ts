import { type Instant, instantOf } from "@turno/core/platform";
import * as z from "zod";
import type { Verdict } from "../verdict.ts";
import type { Broken, Receipt } from "./webhook.ts";

/** The JSON of a text, or `undefined` when it is none. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

export const broken = (reason: string): Broken => ({ kind: "broken", reason });

/** What `schema` makes of `value`, told on; or what part of it is not as documented, without its value. */
export function reading<Schema extends z.ZodType, Told>(
  schema: Schema,
  value: unknown,
  what: string,
  say: (read: z.output<Schema>) => Told[],
): (Told | Broken)[] {
  const { success, data, error } = schema.safeParse(value);
  if (success) return say(data);
  const paths = error.issues.map(({ path }) => path.join(".") || "all of it");
  return [broken(`${what}: ${[...new Set(paths)].slice(0, 5).join(", ")}`)];
}

/** Epoch seconds as text, as an instant; `undefined` for what is none. */
export const EpochSeconds = z.coerce
  .number()
  .int()
  .min(0)
  .max(253_402_300_799)
  .transform((seconds): Instant => instantOf(seconds * 1000));

/** ISO 8601 with any offset and precision. */
export const Moment = z.iso.datetime({ offset: true }).transform((text): Instant => instantOf(text));

/** A phone as providers write it, with or without `+`, in E.164. */
export const Phone = z
  .string()
  .regex(/^\+?[1-9]\d{6,14}$/)
  .transform((digits) => (digits.startsWith("+") ? digits : `+${digits}`));

/** Why a message failed, as its receipt says: what might pass when it is sent has not passed. */
export const reasonOf = (verdict: Verdict | undefined): NonNullable<Receipt["reason"]> =>
  verdict === "wrong-number" || verdict === "opted-out" ? verdict : "refused";
