import * as z from "zod";
import { type Context, Invalid, LocalDate } from "../../platform/index.ts";

/** Where a list goes on: in a clinic's log the day, and the place within what was being read. */
export interface Position {
  readonly date?: LocalDate;
  readonly cursor?: string;
}

const Position = z.object({ date: LocalDate.optional(), cursor: z.string().optional() });

const sealOf = (context: Context, owner: readonly string[], text: string): string =>
  context.keys.derive("notification-cursor", ...owner, text);

/** A position as text that only this list of `owner` reads back. */
export function write(context: Context, owner: readonly string[], position: Position): string {
  const text = Buffer.from(JSON.stringify(position)).toString("base64url");
  return `${text}.${sealOf(context, owner, text)}`;
}

/** The position in a cursor. Throws {@link Invalid} for one that was not written for this list. */
export function read(context: Context, owner: readonly string[], cursor: string): Position {
  const [text = "", seal] = cursor.split(".");
  if (seal !== sealOf(context, owner, text)) throw new Invalid("/cursor", "must come from this list");
  return Position.parse(JSON.parse(Buffer.from(text, "base64url").toString()));
}
