import { Channel } from "@turno/core/notifications";

/** A provider that keeps what it is given, takes a repeated key for the first one, and fails when told to. */
export interface Recorder extends Channel.Channel {
  /** What patients and doctors received, in order. */
  readonly messages: readonly Channel.OutgoingMessage[];
  /** How often it was called, repetitions included. */
  readonly calls: number;
  /** How often it was given what it had taken before. */
  readonly repeated: number;
  /** The next call fails, after the message went out: its answer got lost. */
  loseNextAnswer(): void;
  /** The next call, or the one after those that fail already, fails before anything went out. */
  failNext(error: Error): void;
  /** Nothing goes out, from now on or until it is told otherwise. */
  down(isDown: boolean): void;
}

export function recorder(): Recorder {
  const messages: Channel.OutgoingMessage[] = [];
  let calls = 0;
  let repeated = 0;
  let loses = false;
  let isDown = false;
  const failures: Error[] = [];
  return {
    name: "recorder",
    messages,
    get calls() {
      return calls;
    },
    get repeated() {
      return repeated;
    },
    loseNextAnswer() {
      loses = true;
    },
    failNext(error) {
      failures.push(error);
    },
    down(is) {
      isDown = is;
    },
    async send(message) {
      calls++;
      if (isDown) throw new Channel.TryLater("unreachable");
      const failure = failures.shift();
      if (failure) throw failure;
      const isKnown = messages.some(({ idempotencyKey }) => idempotencyKey === message.idempotencyKey);
      if (isKnown) repeated++;
      else messages.push(message);
      if (loses) {
        loses = false;
        throw new Channel.TryLater("timeout");
      }
      return { providerMessageId: message.idempotencyKey };
    },
  };
}
