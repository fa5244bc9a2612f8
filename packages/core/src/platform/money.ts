import * as z from "zod";

/** An amount in minor units (cents), never a fraction; its currency stands beside it. */
export const Amount = z
  .int()
  .min(0)
  .max(100_000_000)
  .meta({ description: "Amount in minor units", example: 60000 });

/** ISO 4217. */
export const Currency = z
  .string()
  .regex(/^[A-Z]{3}$/, "must be an ISO 4217 code")
  .meta({ description: "ISO 4217 currency", example: "MXN" });

/** `percent` of an amount, in whole minor units, rounded half up. */
export const percentOf = (amount: number, percent: number): number => Math.round((amount * percent) / 100);
