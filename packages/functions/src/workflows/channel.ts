import { Channel } from "@turno/core/notifications";
import * as z from "zod";

const Environment = z.object({
  /** Where messages are handed in, without a final slash. */
  MESSAGES_URL: z.url(),
  MESSAGES_KEY: z.string().min(1),
});

/** The providers of messages that the environment variables of a Lambda name: one for all. Throws when one is missing. */
export function channelsFromEnvironment(
  variables: Record<string, string | undefined> = process.env,
): Channel.Channels {
  const { MESSAGES_URL: url, MESSAGES_KEY: key } = Environment.parse(variables);
  const loopback = Channel.loopback({ url, key });
  return () => loopback;
}
