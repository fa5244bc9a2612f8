import * as z from "zod";
import { Amount, Currency, idOf } from "../../platform/schemas.ts";

/** Times of the calendar fall on five minutes: the grain of the hour ledger. */
export const GRAIN_MINUTES = 5;

const minutes = (least: number, most: number) =>
  z.int().min(least).max(most).multipleOf(GRAIN_MINUTES, "must be a multiple of 5 minutes");

/** What a profile offers. Deleting one makes it inactive: bookings still point to it. */
export const MedicalService = z.object({
  serviceId: idOf("service"),
  profileId: idOf("profile"),
  organizationId: idOf("organization"),
  name: z.string().min(1).max(120),
  description: z.string().max(600).optional(),
  category: z.string().min(1).max(60),
  duration: minutes(5, 480).meta({ description: "Minutes" }),
  price: Amount,
  currency: Currency,
  requirements: z.string().max(600).optional().meta({ description: "How the patient prepares" }),
  followUpQuestions: z
    .array(z.string().trim().min(1).max(200))
    .max(5)
    .optional()
    .meta({ description: "What a patient is asked after the visit; general questions when left out" }),
  bufferBefore: minutes(0, 120).meta({ description: "Minutes kept free before" }),
  bufferAfter: minutes(0, 120).meta({ description: "Minutes kept free after" }),
  approval: z.enum(["required", "instant"]),
  capacity: z.int().min(1).max(100),
  active: z.boolean(),
  /** Rises with every edit; the entity tag. */
  version: z.int(),
});

export type MedicalService = z.infer<typeof MedicalService>;

const fields = MedicalService.shape;

export const NewService = z.strictObject({
  name: fields.name,
  description: fields.description,
  category: fields.category,
  duration: fields.duration,
  price: fields.price,
  requirements: fields.requirements,
  followUpQuestions: fields.followUpQuestions,
  bufferBefore: fields.bufferBefore.default(0),
  bufferAfter: fields.bufferAfter.default(0),
  approval: fields.approval.default("required"),
  capacity: fields.capacity.default(1),
});

export type NewService = z.infer<typeof NewService>;

export const ServiceEdit = z.strictObject({
  name: fields.name.optional(),
  description: fields.description,
  category: fields.category.optional(),
  duration: fields.duration.optional(),
  price: fields.price.optional(),
  requirements: fields.requirements,
  followUpQuestions: fields.followUpQuestions,
  bufferBefore: fields.bufferBefore.optional(),
  bufferAfter: fields.bufferAfter.optional(),
  approval: fields.approval.optional(),
  capacity: fields.capacity.optional(),
  active: fields.active.optional(),
});

export type ServiceEdit = z.infer<typeof ServiceEdit>;

/** What anybody may see of an active service. */
export const PublicService = MedicalService.omit({
  organizationId: true,
  followUpQuestions: true,
  active: true,
  version: true,
});
