import type { Channel } from "@turno/core/notifications";
import type { Measure } from "./metric.ts";

/** A channel that counts what it passes on. */
export const measuredChannel = (channel: Channel.Channel, measure: Measure): Channel.Channel => ({
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
