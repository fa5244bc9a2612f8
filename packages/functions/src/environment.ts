import { liveContext } from "@turno/core/platform";
import * as z from "zod";
import { type Measure, measureTo } from "./metrics/metric.ts";
import type { Runtime } from "./runtime.ts";

// Schemas can be compiled when they are first used, which a Lambda that answers a few calls never earns back.
z.config({ jitless: true });

const Environment = z.object({
  TABLE_NAME: z.string().min(1),
  /** 32 bytes in base64. */
  MASTER_KEY: z.base64(),
  STAGE: z.string().min(1),
  VERSION: z.string().min(1),
  WEB_URL: z.string().default(""),
  ISSUER_URL: z.url().optional(),
  ISSUER_AUDIENCE: z.string().default(""),
  ISSUER_JWKS_URL: z.url().optional(),
  VAPID_PUBLIC_KEY: z.base64url().length(87).optional(),
});

/** The runtime that the environment variables of a Lambda describe. Throws when one is missing or malformed. */
export function fromEnvironment(
  variables: Record<string, string | undefined> = process.env,
): Runtime & { readonly measure: Measure } {
  const environment = Environment.parse(variables);
  return {
    context: liveContext({
      table: environment.TABLE_NAME,
      master: Buffer.from(environment.MASTER_KEY, "base64"),
    }),
    issuer: environment.ISSUER_URL
      ? {
          url: environment.ISSUER_URL,
          audience: environment.ISSUER_AUDIENCE,
          ...(environment.ISSUER_JWKS_URL && { jwksUrl: environment.ISSUER_JWKS_URL }),
        }
      : undefined,
    stage: environment.STAGE,
    version: environment.VERSION,
    webUrl: environment.WEB_URL,
    ...(environment.VAPID_PUBLIC_KEY && { pushKey: environment.VAPID_PUBLIC_KEY }),
    measure: measureTo(environment.STAGE),
  };
}
