import type { ChannelName } from "../../platform/index.ts";
import type { Channel, Channels } from "../channel/index.ts";
import { mannerOf } from "../template/index.ts";
import type { Envelope } from "./order.ts";
import type { Standing } from "./standing.ts";

/** One way to reach a person. */
export interface Route {
  readonly channelName: ChannelName;
  readonly channel: Channel;
  readonly provider: string;
  readonly sender: string;
  readonly to: string;
}

const usual: readonly ChannelName[] = ["whatsapp", "sms", "email", "push", "voice"];

const byPhone: readonly ChannelName[] = ["whatsapp", "sms", "voice"];

/** Whether STOP ends it. */
const isByPhone = (channelName: ChannelName): boolean => byPhone.includes(channelName);

interface Plan {
  /** The ways to reach the person, in their order or the usual one. */
  readonly routes: readonly Route[];
  /** Whether there would be more if they had not said STOP. */
  readonly isStopped: boolean;
}

/** The ways to reach a person through what their clinic and this stage have. */
export function planFor(order: Envelope, standing: Standing, channels: Channels): Plan {
  const chosen = standing.preference.channels ?? usual;
  const possible = (order.via ? [order.via] : chosen).flatMap((name) =>
    routeOn(name, order, standing, channels),
  );
  // Who says STOP is told that it was heard.
  const mayStop = standing.contact?.isStopped && !mannerOf(order.template).inConversation;
  const routes = possible.filter(({ channelName }) => !mayStop || !isByPhone(channelName));
  return { routes, isStopped: routes.length < possible.length };
}

function routeOn(
  channelName: ChannelName,
  { addresses, messaging }: Envelope,
  { preference }: Standing,
  channels: Channels,
): Route[] {
  const to = isByPhone(channelName)
    ? addresses.phone
    : channelName === "email"
      ? addresses.email
      : preference.device;
  const chosen = messaging[channelName];
  const channel = chosen && channels(chosen.provider);
  return to && chosen && channel ? [{ channelName, channel, ...chosen, to }] : [];
}
