import * as z from "zod";
import { ClinicPolicy, Currency, DepositTerms, idOf, Messaging, Zone } from "../../platform/schemas.ts";

export const Slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "must be lower-case words joined by hyphens")
  .max(60);

/** A clinic: the account that pays, and the tenant that nothing leaves. */
export const Organization = z.object({
  organizationId: idOf("organization"),
  slug: Slug,
  name: z.string().min(1).max(120),
  address: z.string().max(200),
  /** Where patients call it. */
  phone: z.e164().optional(),
  timezone: Zone,
  currency: Currency,
  arrival: z.object({
    parking: z.string().max(160).optional(),
    building: z.string().max(160).optional(),
    floor: z.string().max(40).optional(),
    office: z.string().max(40).optional(),
  }),
  policy: ClinicPolicy,
  /** Left out, nothing can be sent. */
  messaging: Messaging.optional(),
  /** Left out, nothing is asked for in advance. */
  payments: DepositTerms.optional(),
});

export type Organization = z.infer<typeof Organization>;
