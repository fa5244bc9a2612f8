import { Channel } from "@turno/core/notifications";
import * as z from "zod";

const Environment = z.object({
  /** Where messages are handed in, without a final slash. */
  MESSAGES_URL: z.url(),
  MESSAGES_KEY: z.string().min(1),
});

/** The provider of messages that the environment variables of a Lambda name. Throws when one is missing. */
export function channelFromEnvironment(
  variables: Record<string, string | undefined> = process.env,
): Channel.Channel {
  const { MESSAGES_URL: url, MESSAGES_KEY: key } = Environment.parse(variables);
  return Channel.loopback({ url, key });
}
