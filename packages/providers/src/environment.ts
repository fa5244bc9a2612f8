import type { Channel } from "@turno/core/notifications";
import type { Payment } from "@turno/core/payments";
import { ProviderName } from "@turno/core/platform";
import * as z from "zod";
import { meta } from "./meta/index.ts";
import { resend } from "./resend/index.ts";
import { ses } from "./ses/index.ts";
import { stripe } from "./stripe/index.ts";
import { twilio } from "./twilio/index.ts";
import { webPush } from "./web-push/index.ts";

type Variables = Readonly<Record<string, string | undefined>>;

/** Which providers there are, and how they are reached, is said by environment variables. */
interface Configured {
  /** A stage that has one of these uses the provider, and needs all of them. */
  readonly credentials: readonly string[];
  readonly channel: (variables: Variables, now?: () => number) => Channel.Channel;
}

const Twilio = z.object({
  TWILIO_ACCOUNT_SID: z.string().regex(/^AC[0-9a-f]{32}$/, "has to be AC and 32 digits"),
  TWILIO_AUTH_TOKEN: z.string(),
  TWILIO_API_URL: z.url().optional(),
  TWILIO_CONTENT_URL: z.url().optional(),
  API_URL: z.url().optional(),
});

const Meta = z.object({
  META_ACCESS_TOKEN: z.string(),
  META_GRAPH_URL: z.url().optional(),
});

const Resend = z.object({
  RESEND_API_KEY: z.string(),
  RESEND_API_URL: z.url().optional(),
});

const Ses = z.object({
  SES_REGION: z.string(),
  SES_CONFIGURATION_SET: z.string().optional(),
  SES_URL: z.url().optional(),
  AWS_ACCESS_KEY_ID: z.string(),
  AWS_SECRET_ACCESS_KEY: z.string(),
  AWS_SESSION_TOKEN: z.string().optional(),
});

const WebPush = z.object({
  VAPID_PUBLIC_KEY: z.base64url().length(87),
  VAPID_PRIVATE_KEY: z.base64url().length(43),
  VAPID_SUBJECT: z.string().regex(/^(mailto|https):/, "has to begin with mailto: or https:"),
  WEB_PUSH_URL: z.url().optional(),
});

const providers: Readonly<Record<ProviderName, Configured>> = {
  twilio: {
    credentials: ["TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"],
    channel(variables, now) {
      const read = parse(Twilio, variables);
      return twilio({
        accountSid: read.TWILIO_ACCOUNT_SID,
        authToken: read.TWILIO_AUTH_TOKEN,
        ...(read.API_URL && { statusUrl: `${read.API_URL}/v1/webhooks/twilio/status` }),
        ...(read.TWILIO_API_URL && { apiUrl: read.TWILIO_API_URL }),
        ...(read.TWILIO_CONTENT_URL && { contentUrl: read.TWILIO_CONTENT_URL }),
        ...(now && { now }),
      });
    },
  },
  meta: {
    credentials: ["META_ACCESS_TOKEN"],
    channel(variables) {
      const read = parse(Meta, variables);
      return meta({
        accessToken: read.META_ACCESS_TOKEN,
        ...(read.META_GRAPH_URL && { graphUrl: read.META_GRAPH_URL }),
      });
    },
  },
  resend: {
    credentials: ["RESEND_API_KEY"],
    channel(variables) {
      const read = parse(Resend, variables);
      return resend({
        apiKey: read.RESEND_API_KEY,
        ...(read.RESEND_API_URL && { apiUrl: read.RESEND_API_URL }),
      });
    },
  },
  ses: {
    // Its credentials are the role's, which every Lambda has.
    credentials: ["SES_REGION"],
    channel(variables, now) {
      const read = parse(Ses, variables);
      return ses({
        region: read.SES_REGION,
        credentials: {
          accessKeyId: read.AWS_ACCESS_KEY_ID,
          secretAccessKey: read.AWS_SECRET_ACCESS_KEY,
          sessionToken: read.AWS_SESSION_TOKEN,
        },
        ...(read.SES_CONFIGURATION_SET && { configurationSet: read.SES_CONFIGURATION_SET }),
        ...(read.SES_URL && { url: read.SES_URL }),
        ...(now && { now }),
      });
    },
  },
  "web-push": {
    credentials: ["VAPID_PUBLIC_KEY", "VAPID_PRIVATE_KEY", "VAPID_SUBJECT"],
    channel(variables, now) {
      const read = parse(WebPush, variables);
      return webPush({
        publicKey: read.VAPID_PUBLIC_KEY,
        privateKey: read.VAPID_PRIVATE_KEY,
        subject: read.VAPID_SUBJECT,
        ...(read.WEB_PUSH_URL && { url: read.WEB_PUSH_URL }),
        ...(now && { now }),
      });
    },
  },
};

/** The providers that these variables have credentials for. */
export const configuredIn = (variables: Variables): ProviderName[] =>
  ProviderName.options.filter((name) =>
    providers[name].credentials.some((variable) => (variables[variable] ?? "") !== ""),
  );

/**
 * The providers that environment variables name. `now` is the time that they sign and look back with; the machine's own
 * when left out.
 *
 * Throws an error that names what is missing or malformed, and no value.
 */
export function channelsFrom(variables: Variables, now?: () => number): Channel.Channels {
  const channels = new Map<string, Channel.Channel>(
    configuredIn(variables).map((name) => [name, providers[name].channel(variables, now)]),
  );
  return (provider) => channels.get(provider);
}

const Stripe = z.object({
  STRIPE_SECRET_KEY: z.string().regex(/^(sk|rk)_/, "has to be a secret key"),
  STRIPE_API_URL: z.url().optional(),
});

/**
 * The providers of payments that environment variables name: none without credentials.
 *
 * Throws an error that names what is malformed, and no value.
 */
export function paymentsFrom(variables: Variables): Payment.Providers {
  if ((variables.STRIPE_SECRET_KEY ?? "") === "") return () => undefined;
  const read = parse(Stripe, variables);
  const provider = stripe({
    secretKey: read.STRIPE_SECRET_KEY,
    ...(read.STRIPE_API_URL && { apiUrl: read.STRIPE_API_URL }),
  });
  return (name) => (name === provider.name ? provider : undefined);
}

function parse<Schema extends z.ZodType>(schema: Schema, variables: Variables): z.output<Schema> {
  // A variable that is set to nothing is one that is not set.
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""));
  const { success, data, error } = schema.safeParse(set);
  if (!success) throw new Error(`A provider is not set up: ${z.prettifyError(error)}`);
  return data;
}
