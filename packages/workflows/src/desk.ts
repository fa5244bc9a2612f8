import type { Channel } from "@turno/core/notifications";
import type { Context } from "@turno/core/platform";
import type { Client } from "./client.ts";

/** What a workflow works with. */
export interface Desk {
  readonly inngest: Client;
  readonly context: Context;
  readonly channels: Channel.Channels;
  /** Where patients and staff open what messages link to; without a final slash. */
  readonly webUrl: string;
}
