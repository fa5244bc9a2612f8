import type { ChannelName } from "../../platform/index.ts";
import type { FailureReason } from "../channel/index.ts";

/** A channel that did not work for a message, and why. */
export interface Tried {
  readonly channel: ChannelName;
  readonly reason: FailureReason;
}

/** How far a message has come. */
export interface Progress {
  readonly status: "PENDING" | "SENT" | "DELIVERED" | "FAILED";
  /** Where it is tried, or went out. */
  readonly channel?: ChannelName;
  /** The channels that there were for it, in order. */
  readonly routes: readonly ChannelName[];
  readonly tried: readonly Tried[];
  /** How often the provider of this channel took nothing, for certain. */
  readonly failures: number;
  /** An attempt on this channel has begun, and nobody knows that nothing went out by it. */
  readonly isOpen: boolean;
}

/** How often a provider may be out of order before the next channel is taken. */
const PATIENCE = 3;

/**
 * Where to try next, of the channels that there are now.
 *
 * Never on another one while the message may have gone out on this one: better late than twice.
 */
export function channelFor(
  { channel, tried, isOpen }: Progress,
  available: readonly ChannelName[],
): ChannelName | undefined {
  const left = available.filter((name) => !tried.some((gone) => gone.channel === name));
  if (isOpen) return left.find((name) => name === channel);
  return left.find((name) => name === channel) ?? left[0];
}

/** An attempt on `channel` begins. */
export const begun = (progress: Progress, channel: ChannelName) => ({
  channel,
  failures: channel === progress.channel ? progress.failures : 0,
  isOpen: true,
});

/** The channel will never carry it. */
export const givenUp = ({ tried }: Progress, gone: Tried) => ({
  tried: [...tried, gone],
  failures: 0,
  isOpen: false,
});

/** The provider took nothing, and may another time: on this channel, unless there is another and patience has ended. */
export function postponed(progress: Progress, channel: ChannelName, available: readonly ChannelName[]) {
  const failures = progress.failures + 1;
  const gone = givenUp(progress, { channel, reason: "unavailable" });
  const isEnough = failures >= PATIENCE && channelFor({ ...progress, ...gone }, available) !== undefined;
  return isEnough ? gone : { failures, isOpen: false };
}

/** What a provider tells of a message that it took. */
export interface Report {
  /** `taken`: the provider has it, whatever becomes of it. */
  readonly status: "taken" | "delivered" | "failed";
  readonly reason: "refused" | "wrong-number" | "opted-out";
}

type Received =
  | { readonly status: "SENT"; readonly channel: ChannelName; readonly isOpen: false }
  | { readonly status: "DELIVERED"; readonly channel: ChannelName; readonly isOpen: false }
  | ({ readonly status: "PENDING" | "FAILED" } & ReturnType<typeof givenUp>);

/**
 * What a report on `channel` changes; `undefined` when it says nothing new: it comes twice, or too late.
 *
 * Delivered is the last word, whatever came before it.
 */
export function received(progress: Progress, channel: ChannelName, report: Report): Received | undefined {
  const { status, tried, routes } = progress;
  if (status === "DELIVERED") return undefined;
  if (report.status === "taken") {
    const isUnclear = status === "PENDING" && progress.isOpen && channel === progress.channel;
    return isUnclear ? { status: "SENT", channel, isOpen: false } : undefined;
  }
  if (report.status === "delivered") return { status: "DELIVERED", channel, isOpen: false };
  if (status === "FAILED" || channel !== progress.channel) return undefined;
  if (tried.some((gone) => gone.channel === channel)) return undefined;
  const gone = givenUp(progress, { channel, reason: report.reason });
  const isLeft = channelFor({ ...progress, ...gone }, routes) !== undefined;
  return { status: isLeft ? "PENDING" : "FAILED", ...gone };
}
