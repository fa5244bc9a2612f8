import { parameters } from "./parameters.ts";

const SUFFIX = "_PARAMETER";

/** The key before the last rotation is there only while both are in use. */
const isOptional = (variable: string): boolean => variable.endsWith("_FALLBACK");

/**
 * Fills in the variables whose values are kept as encrypted parameters: `MASTER_KEY_PARAMETER` names the one that
 * `MASTER_KEY` is read from. Where nothing is named, as on one machine, nothing is read.
 *
 * Throws when a parameter is not there.
 */
export async function readSecrets(variables: NodeJS.ProcessEnv = process.env): Promise<void> {
  const named = Object.entries(variables).flatMap(([name, parameter]) =>
    name.endsWith(SUFFIX) && parameter ? [{ variable: name.slice(0, -SUFFIX.length), parameter }] : [],
  );
  if (named.length === 0) return;
  const values = await parameters(
    named.map(({ parameter }) => parameter),
    variables,
  );
  const missing = named.filter(({ variable, parameter }) => !values.has(parameter) && !isOptional(variable));
  if (missing.length > 0) {
    throw new Error(`There is no parameter ${missing.map(({ parameter }) => parameter).join(", ")}.`);
  }
  for (const { variable, parameter } of named) {
    const value = values.get(parameter);
    if (value !== undefined) variables[variable] = value;
  }
}
