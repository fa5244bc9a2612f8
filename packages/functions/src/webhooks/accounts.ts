import {
  metaChallenge,
  metaWebhook,
  resendWebhook,
  sesWebhook,
  snsCertificates,
  stripeWebhook,
  twilioWebhook,
} from "@turno/providers/webhooks";
import * as z from "zod";
import { messagesOf } from "./messages.ts";
import { paymentsOf } from "./payments.ts";
import type { Receivers } from "./receiver.ts";

/** What each provider signs with. A provider that is left out is one that the stage has no account with. */
export interface Accounts {
  readonly twilio?: { readonly authToken: string };
  readonly meta?: { readonly appSecret: string; readonly verifyToken: string };
  readonly resend?: { readonly signingSecret: string };
  readonly ses?: {
    readonly topics: readonly string[];
    /** The certificate at an address of SNS; read over https when left out. */
    readonly certificate?: (url: string) => Promise<string>;
    readonly confirm?: (url: string) => Promise<void>;
  };
  readonly stripe?: { readonly signingSecret: string };
}

/** Takes the calls of the providers that a stage has accounts with. */
export const receiversOf = ({ twilio, meta, resend, ses, stripe }: Accounts): Receivers => ({
  ...(twilio && { twilio: messagesOf(twilioWebhook, { secrets: twilio }) }),
  ...(meta && {
    meta: {
      ...messagesOf(metaWebhook, { secrets: meta }),
      challenge: (request) => metaChallenge(request, meta),
    },
  }),
  ...(resend && { resend: messagesOf(resendWebhook, { secrets: resend }) }),
  ...(ses && {
    ses: messagesOf(sesWebhook, {
      secrets: { topics: ses.topics, certificate: ses.certificate ?? snsCertificates() },
      ...(ses.confirm && { confirm: ses.confirm }),
    }),
  }),
  ...(stripe && { stripe: paymentsOf(stripeWebhook, { secrets: stripe }) }),
});

const Environment = z.object({
  TWILIO_AUTH_TOKEN: z.string().min(1).optional(),
  META_APP_SECRET: z.string().min(1).optional(),
  META_VERIFY_TOKEN: z.string().min(1).optional(),
  RESEND_WEBHOOK_SECRET: z.string().startsWith("whsec_").optional(),
  /** The topics of Amazon SNS that Amazon SES tells, joined by commas. */
  SES_TOPIC_ARNS: z.string().startsWith("arn:").optional(),
  STRIPE_WEBHOOK_SECRET: z.string().startsWith("whsec_").optional(),
});

/** The receivers that the environment variables of a Lambda have secrets for. Throws when one is malformed. */
export function receiversFromEnvironment(
  variables: Record<string, string | undefined> = process.env,
): Receivers {
  const environment = Environment.parse(variables);
  const { TWILIO_AUTH_TOKEN, META_APP_SECRET, META_VERIFY_TOKEN } = environment;
  const { RESEND_WEBHOOK_SECRET, SES_TOPIC_ARNS, STRIPE_WEBHOOK_SECRET } = environment;
  return receiversOf({
    ...(TWILIO_AUTH_TOKEN && { twilio: { authToken: TWILIO_AUTH_TOKEN } }),
    ...(META_APP_SECRET &&
      META_VERIFY_TOKEN && { meta: { appSecret: META_APP_SECRET, verifyToken: META_VERIFY_TOKEN } }),
    ...(RESEND_WEBHOOK_SECRET && { resend: { signingSecret: RESEND_WEBHOOK_SECRET } }),
    ...(SES_TOPIC_ARNS && { ses: { topics: SES_TOPIC_ARNS.split(",") } }),
    ...(STRIPE_WEBHOOK_SECRET && { stripe: { signingSecret: STRIPE_WEBHOOK_SECRET } }),
  });
}
