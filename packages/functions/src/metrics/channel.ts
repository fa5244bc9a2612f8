import type { Channel } from "@turno/core/notifications";
import type { Measure } from "./metric.ts";

/** Channels that count what they pass on. */
export const measuredChannels =
  (channels: Channel.Channels, measure: Measure): Channel.Channels =>
  (provider) => {
    const channel = channels(provider);
    return channel && measuredChannel(channel, measure);
  };

const measuredChannel = (channel: Channel.Channel, measure: Measure): Channel.Channel => ({
  name: channel.name,
  async send(message) {
    const isReminder = message.template.includes("reminder");
    try {
      const sent = await channel.send(message);
      measure({ MessagesSent: 1, ...(isReminder && { RemindersSent: 1 }) });
      return sent;
    } catch (error) {
      measure({ MessagesFailed: 1, ...(isReminder && { RemindersFailed: 1 }) });
      throw error;
    }
  },
});
