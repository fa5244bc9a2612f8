import * as z from "zod";

/** Who passes messages on, as a clinic's settings and the paths of webhooks name them. */
export const ProviderName = z.enum(["twilio", "meta", "resend", "ses", "web-push"]);
export type ProviderName = z.infer<typeof ProviderName>;
