import { ChannelName, prefixes, ULID_REGEX } from "../../platform/index.ts";

/** One notification on one channel: what a provider's receipt is about. */
export interface Target {
  readonly under: string;
  readonly notificationId: string;
  readonly channel: ChannelName;
}

/** A target as providers give it back: letters, digits, `_` and `-`, since some take nothing else. */
export const write = ({ under, notificationId, channel }: Target): string =>
  [notificationId, under, channel].join("-");

const FORM = new RegExp(`^(${prefixes.notification}_${ULID_REGEX})-([A-Za-z0-9_]{1,80})-([a-z]+)$`);

/** The target that a provider gives back; `undefined` for what was not written here. */
export function read(reference: string): Target | undefined {
  const [, notificationId, under, name] = FORM.exec(reference) ?? [];
  const channel = ChannelName.safeParse(name);
  return notificationId && under && channel.success
    ? { notificationId, under, channel: channel.data }
    : undefined;
}
