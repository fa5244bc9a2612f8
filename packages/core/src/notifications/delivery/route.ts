import type { ChannelName, Messaging } from "../../platform/index.ts";
import type { Channel, Channels } from "../channel/index.ts";
import type { Addresses } from "./order.ts";

/** One way to reach a person. */
export interface Route {
  readonly channelName: ChannelName;
  readonly channel: Channel;
  readonly sender: string;
  readonly to: string;
}

const usual: readonly ChannelName[] = ["whatsapp", "sms", "email", "push", "voice"];

/** The ways to reach a person through what their clinic and this stage have, the usual one first. */
export function routesTo(addresses: Addresses, messaging: Messaging, channels: Channels): Route[] {
  return usual.flatMap((channelName) => {
    const to = addressOn(channelName, addresses);
    const chosen = messaging[channelName];
    const channel = chosen && channels(chosen.provider);
    return to && chosen && channel ? [{ channelName, channel, sender: chosen.sender, to }] : [];
  });
}

function addressOn(channelName: ChannelName, { phone, email }: Addresses): string | undefined {
  switch (channelName) {
    case "whatsapp":
    case "sms":
    case "voice":
      return phone;
    case "email":
      return email;
    case "push":
      return undefined;
  }
}
