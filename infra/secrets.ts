/** What a stage keeps as encrypted parameters, put there by whoever runs it. */
export const secretNames = [
  "master-key",
  "inngest-event-key",
  "inngest-signing-key",
  "inngest-signing-key-fallback",
  "messages-key",
] as const;

export type SecretName = (typeof secretNames)[number];

/** The parameter that holds a secret of a stage. */
export const parameterOf = (stage: string, name: SecretName): string => `/turno/${stage}/${name}`;

/** Tells a Lambda where its secrets are: `MASTER_KEY_PARAMETER` names the parameter that `MASTER_KEY` is read from. */
export const secretVariables = (stage: string, names: readonly SecretName[]): Record<string, string> =>
  Object.fromEntries(
    names.map((name) => [`${name.toUpperCase().replaceAll("-", "_")}_PARAMETER`, parameterOf(stage, name)]),
  );
