import type { Message } from "@turno/local/providers";
import { count, type Person, type Reply, type Visit } from "./book.ts";
import { isTaken, type Life } from "./life.ts";
import { QUARTER } from "./time.ts";

/** The visit or the wish that somebody writes about. */
export type Writer = Person & Pick<Visit, "isBusy" | "unreadUntil">;

const isByPhone = ({ channel, fate }: Message): boolean =>
  fate.status === "delivered" && (channel === "whatsapp" || channel === "sms");

/** What reached a phone, oldest first. */
export const onPhone = async ({ office }: Life, { phone: to }: Person): Promise<Message[]> =>
  (await office.ask((turno) => turno.messages({ to }))).filter(isByPhone);

interface Letter extends Pick<Reply, "text" | "meant"> {
  readonly message: Message;
  readonly quotes: boolean;
}

/** Somebody answers a message. */
export async function write(
  life: Life,
  writer: Writer,
  { message, text, meant, quotes }: Letter,
): Promise<Reply> {
  const { office, book, now } = life;
  writer.unreadUntil = now() + QUARTER;
  await office.ask((turno) => turno.answer({ message, body: text, quotes }));
  const reply: Reply = { phone: writer.phone, text, meant, at: now() };
  book.replies.push(reply);
  count(book, `reply ${meant}`);
  return reply;
}

export type Seen = "done" | "nothing";

/** How often somebody looks for what came of it: a provider or Turno itself may have been down. */
const LOOKS = 4;

/** Looks in a quarter of an hour, and again for as long as there is nothing to see. */
export function lookLater(life: Life, writer: Writer, look: (isLast: boolean) => Promise<Seen>): void {
  const { plans, now } = life;
  const lookNow = async (isLast: boolean): Promise<Seen> => {
    if (isTaken(life, writer)) return "nothing";
    writer.isBusy = true;
    const seen = await look(isLast);
    writer.isBusy = false;
    return seen;
  };
  const after = (looks: number): void =>
    plans.add(now() + QUARTER, async () => {
      const seen = await lookNow(looks === 1);
      if (seen === "nothing" && looks > 1) after(looks - 1);
    });
  after(LOOKS);
}
