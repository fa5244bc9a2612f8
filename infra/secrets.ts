/** What a stage keeps as encrypted parameters, put there by whoever runs it. */
export const secretNames = [
  "master-key",
  "inngest-event-key",
  "inngest-signing-key",
  "inngest-signing-key-fallback",
  "twilio-account-sid",
  "twilio-auth-token",
  "meta-access-token",
  "meta-app-secret",
  "meta-verify-token",
  "resend-api-key",
  "resend-webhook-secret",
  "vapid-public-key",
  "vapid-private-key",
  "stripe-secret-key",
  "stripe-webhook-secret",
] as const;

export type SecretName = (typeof secretNames)[number];

/** The parameter that holds a secret of a stage. */
export const parameterOf = (stage: string, name: SecretName): string => `/turno/${stage}/${name}`;

/** Tells a Lambda where its secrets are: `MASTER_KEY_PARAMETER` names the parameter that `MASTER_KEY` is read from. */
export const secretVariables = (stage: string, names: readonly SecretName[]): Record<string, string> =>
  Object.fromEntries(
    names.map((name) => [`${name.toUpperCase().replaceAll("-", "_")}_PARAMETER`, parameterOf(stage, name)]),
  );

/** Who passes messages on, and the secrets by which it knows a stage. Amazon SES knows the Lambda's role. */
export const channelSecrets = {
  twilio: ["twilio-account-sid", "twilio-auth-token"],
  meta: ["meta-access-token"],
  resend: ["resend-api-key"],
  "web-push": ["vapid-public-key", "vapid-private-key"],
} as const satisfies Record<string, readonly SecretName[]>;

/** Who takes payments, and the secret by which it knows a stage. */
export const paymentSecrets = {
  stripe: ["stripe-secret-key"],
} as const satisfies Record<string, readonly SecretName[]>;

/** Who signs what it tells, and the secrets by which a stage knows that. Amazon SES signs with a certificate. */
export const webhookSecrets = {
  twilio: ["twilio-auth-token"],
  meta: ["meta-app-secret", "meta-verify-token"],
  resend: ["resend-webhook-secret"],
  stripe: ["stripe-webhook-secret"],
} as const satisfies Record<string, readonly SecretName[]>;
