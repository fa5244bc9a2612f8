import type { Channel } from "@turno/core/notifications";
import type { Payment } from "@turno/core/payments";
import { ProviderName } from "@turno/core/platform";
import { channelsFrom, configuredIn, paymentsFrom } from "@turno/providers";
import type { Clock } from "../clock/index.ts";
import type { Payments, Providers } from "../providers/index.ts";

interface Options {
  /** Credentials of real providers, by the names that a Lambda has them by. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly providers: Providers;
  readonly clock: Clock;
  readonly apiUrl: string;
}

export interface StageChannels {
  readonly channels: Channel.Channels;
  /** Those that messages really go out through. */
  readonly real: readonly ProviderName[];
}

/** Real providers where there are credentials for them, and everywhere else those of this machine. */
export function stageChannels({ environment, providers, clock, apiUrl }: Options): StageChannels {
  const real = configuredIn(environment);
  const outside = channelsFrom(environment);
  const variables = ProviderName.options.map((name) => providers.variables(name));
  const here = channelsFrom(Object.assign({ API_URL: apiUrl }, ...variables), clock.now);
  return { channels: (name) => outside(name) ?? here(name), real };
}

/** What browsers subscribe with: of the account that their messages go out by. */
export const pushKeyOf = (environment: Options["environment"], providers: Providers): string =>
  environment.VAPID_PUBLIC_KEY || providers.variables("web-push").VAPID_PUBLIC_KEY!;

/** The real provider where there are credentials for it, and everywhere else that of this machine. */
export function stagePayments(
  environment: Options["environment"],
  { variables }: Payments,
): Payment.Providers {
  const outside = paymentsFrom(environment);
  const here = paymentsFrom(variables);
  return (name) => outside(name) ?? here(name);
}
