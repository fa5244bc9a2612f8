import { join } from "node:path";
import type { ProviderName } from "@turno/core/platform";
import { ulid } from "ulid";
import type { Clock } from "../../clock/clock.ts";
import { openJournal } from "../../disk/index.ts";
import type { Fault } from "./fault.ts";
import type { Fate, Message, Said } from "./message.ts";

type NewMessage = Omit<Message, "receivedAt" | "fate"> & {
  /** Why the provider will not deliver what it takes. */
  readonly failsWith?: number | string;
  /** Its provider tells that it has sent it on, before it tells what became of it. */
  readonly tellsSent?: true;
};

export interface MessageQuery {
  readonly to?: string | undefined;
}

/** What all providers of this machine have taken and were told, on disk before anybody hears of it. */
export interface Office {
  now(): number;
  newId(): string;
  /** Keeps a message, unless its key is known: then the message of that key is returned and nothing is kept. */
  keep(message: NewMessage, fault: Partial<Fault>): Message;
  messages(query?: MessageQuery): Message[];
  find(providerMessageId: string): Message | undefined;
  /** Keeps what a person wrote, unless it is known. */
  hear(said: Omit<Said, "id" | "saidAt">): Said;
  /** What was said by a person to one sender, or all that was said, newest first. */
  said(by?: string, to?: string): Said[];
  /** Messages and answers of which nobody was told yet, by when they are to be told. */
  untold(): Untold[];
  told(item: Untold): void;
  /** Called when there is more to tell. */
  onChange(listener: () => void): void;
  close(): void;
}

/** What a provider is to tell. */
export type Untold = { readonly id: string; readonly at: number; readonly attempt: number } & (
  | { readonly kind: "sent" | "receipt"; readonly message: Message }
  | { readonly kind: "said"; readonly said: Said }
);

/** As long as a phone usually takes. */
const RECEIPT_AFTER_MS = 2_000;

/** Opens it on a folder, whose `messages.jsonl` holds a line for each message. */
export function openOffice(stateDir: string, clock: Clock): Office {
  const messages = openJournal<Message>(join(stateDir, "messages.jsonl"));
  const sayings = openJournal<Said>(join(stateDir, "said.jsonl"));
  const tellings = openJournal<string>(join(stateDir, "told.jsonl"));
  const byId = new Map(messages.recovered.map((message) => [message.providerMessageId, message]));
  const byKey = new Map(
    messages.recovered.flatMap((message) =>
      message.idempotencyKey ? [[keyOf(message.provider, message.idempotencyKey), message] as const] : [],
    ),
  );
  const said = [...sayings.recovered];
  const told = new Set(tellings.recovered);
  const untold = new Map<string, Untold>();
  let changed = (): void => undefined;
  const expect = (...items: readonly Untold[]): void => {
    const news = items.filter(({ id }) => !told.has(id));
    for (const item of news) untold.set(item.id, item);
    if (news.length > 0) changed();
  };
  for (const message of byId.values()) expect(...receiptsOf(message));
  for (const saying of said) expect(sayingOf(saying));

  return {
    now: () => clock.now(),
    newId: () => ulid(clock.now()),
    keep({ failsWith, tellsSent, ...given }, fault) {
      const { provider, idempotencyKey } = given;
      const known = idempotencyKey && byKey.get(keyOf(provider, idempotencyKey));
      if (known) return known;
      const now = clock.now();
      const message: Message = {
        ...given,
        receivedAt: new Date(now).toISOString(),
        fate: fateOf(now, fault, { failsWith, tellsSent }),
      };
      messages.append(message);
      byId.set(message.providerMessageId, message);
      if (idempotencyKey) byKey.set(keyOf(provider, idempotencyKey), message);
      expect(...receiptsOf(message));
      return message;
    },
    messages: ({ to } = {}) =>
      [...byId.values()].filter((message) => to === undefined || message.to === to).reverse(),
    find: (id) => byId.get(id),
    hear(given) {
      const now = clock.now();
      const saying: Said = { ...given, id: ulid(now), saidAt: new Date(now).toISOString() };
      sayings.append(saying);
      said.push(saying);
      expect(sayingOf(saying));
      return saying;
    },
    said: (by, to) =>
      said
        .filter(
          (saying) => (by === undefined || saying.from === by) && (to === undefined || saying.to === to),
        )
        .reverse(),
    untold: () => [...untold.values()].sort((a, b) => a.at - b.at),
    told({ id }) {
      tellings.append(id);
      told.add(id);
      untold.delete(id);
    },
    onChange(listener) {
      changed = listener;
    },
    close() {
      for (const journal of [messages, sayings, tellings]) journal.close();
    },
  };
}

const keyOf = (provider: ProviderName, key: string): string => `${provider} ${key}`;

function fateOf(
  now: number,
  { receipt, receiptAfterSeconds, sentAfterSeconds }: Partial<Fault>,
  { failsWith, tellsSent }: Pick<NewMessage, "failsWith" | "tellsSent">,
): Fate {
  const status = failsWith !== undefined || receipt === "undelivered" ? "failed" : "delivered";
  const after = (seconds: number | undefined): string =>
    new Date(now + (seconds === undefined ? RECEIPT_AFTER_MS : seconds * 1000)).toISOString();
  return {
    status,
    ...(failsWith !== undefined && { code: failsWith }),
    ...(tellsSent && receipt !== "never" && { sentToldAt: after(sentAfterSeconds) }),
    ...(receipt !== "never" && receipt !== "sent" && { toldAt: after(receiptAfterSeconds) }),
  };
}

function receiptsOf(message: Message): Untold[] {
  const { sentToldAt, toldAt } = message.fate;
  const told = (kind: "sent" | "receipt", at: string): Untold => ({
    ...{ id: `${kind} ${message.providerMessageId}`, at: Date.parse(at), attempt: 0, kind, message },
  });
  return [...(sentToldAt ? [told("sent", sentToldAt)] : []), ...(toldAt ? [told("receipt", toldAt)] : [])];
}

const sayingOf = (said: Said): Untold => ({
  id: `said ${said.id}`,
  at: Date.parse(said.saidAt),
  attempt: 0,
  kind: "said",
  said,
});
