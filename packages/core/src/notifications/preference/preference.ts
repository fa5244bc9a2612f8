import * as z from "zod";
import { ChannelName, Instant, QuietHours } from "../../platform/schemas.ts";

/** How somebody said that the clinic may make itself heard, or may not any more. */
const ConsentMeans = z.enum(["link", "in-person", "phone", "written"]);

/** That a patient agreed to hear of the clinic beyond their care, or withdrew it. */
export const Consent = z.object({ given: z.boolean(), how: ConsentMeans, at: Instant });
export type Consent = z.infer<typeof Consent>;

/** The hosts of the browsers' push services: nothing else is called because somebody asks for it. */
const PUSH_HOSTS =
  /^https:\/\/([a-z0-9-]+\.)*(fcm\.googleapis\.com|push\.services\.mozilla\.com|push\.apple\.com|notify\.windows\.com)\//;

/** A browser's address for push messages, as the Push API gives it. */
export const PushSubscription = z
  .object({
    endpoint: z.url().max(1000).regex(PUSH_HOSTS, "must be an address of a browser's push service"),
    keys: z.object({
      // A point of the curve begins with 4 when it is written out whole.
      p256dh: z.string().regex(/^B[\w-]{86}$/, "must be a key of 65 bytes in base64url"),
      auth: z.string().regex(/^[\w-]{22}$/, "must be a secret of 16 bytes in base64url"),
    }),
  })
  .meta({ description: "What `PushManager.subscribe` gives, asked with the key of `getPushKey`" });

/** How a patient wants to be told things. */
export const Preference = z.object({
  channels: z
    .array(ChannelName)
    .meta({ description: "The first that the clinic has and that works is taken" }),
  quietHours: QuietHours.optional(),
  detail: z.enum(["full", "minimal"]).meta({
    description: "minimal: messages leave out what a stranger who sees the screen need not know",
  }),
  outreach: Consent.optional().meta({
    description:
      "The last word on messages beyond care, such as birthday greetings; none are sent without it",
  }),
  hasDevice: z.boolean().meta({ description: "Whether a browser takes push messages" }),
  /** Rises with every edit; the entity tag. 0 before the first. */
  version: z.int(),
});
export type Preference = z.infer<typeof Preference>;

const isEachOnce = (channels: readonly string[]): boolean => new Set(channels).size === channels.length;

const edits = {
  channels: z
    .array(ChannelName)
    .min(1)
    .refine(isEachOnce, "must name each channel once")
    .nullable()
    .optional()
    .meta({ description: "In the order of preference; those that are left out are not used" }),
  quietHours: QuietHours.nullable().optional(),
  detail: Preference.shape.detail.optional(),
};

/** What staff write down for a patient; `null` takes back what was chosen. */
export const PreferenceEdit = z.strictObject({
  ...edits,
  outreach: z.strictObject({ given: z.boolean(), how: ConsentMeans.exclude(["link"]) }).optional(),
});
export type PreferenceEdit = z.infer<typeof PreferenceEdit>;

/** What patients change themselves; `null` takes back what was chosen. */
export const OwnPreferenceEdit = z.strictObject({
  ...edits,
  outreach: z.strictObject({ given: z.boolean() }).optional(),
  pushSubscription: PushSubscription.nullable().optional(),
});
export type OwnPreferenceEdit = z.infer<typeof OwnPreferenceEdit>;
