import { Channel } from "@turno/core/notifications";
import * as z from "zod";
import type { Account } from "./account.ts";
import { read } from "./api.ts";

/** A template that Twilio keeps, and WhatsApp has approved. */
export interface Content {
  readonly sid: string;
  /** Its text, the variables as `{{1}}`. */
  readonly body: string;
}

const Contents = z.object({
  contents: z.array(
    z.object({
      sid: z.string().min(1),
      friendly_name: z.string(),
      types: z.record(z.string(), z.looseObject({ body: z.string().optional() })),
    }),
  ),
});

/** How a text is named here. */
interface Named {
  readonly template: string;
  readonly language: string;
}

export interface Contents {
  /** Throws Undeliverable when there is none. */
  find(named: Named): Promise<Content>;
  /** Twilio has refused it: somebody may have registered another, which is looked up next time. */
  forget(named: Named): void;
}

/** By then a process that lives on knows of a text that was registered anew. */
const REMEMBERED_MILLIS = 60 * 60_000;

/**
 * Finds templates by their friendly name, `<template>_<language>`: the newest that WhatsApp has approved, so that the one
 * before it serves until then. One that is not there is looked up again, since somebody may just be setting it up.
 *
 * Source: twilio.com/docs/content/content-api-resources
 */
export function contentsOf(account: Account): Contents {
  const known = new Map<string, { readonly content: Content; readonly until: number }>();
  return {
    async find(named) {
      const name = nameOf(named);
      const remembered = known.get(name);
      if (remembered && account.now() < remembered.until) return remembered.content;
      const content = await lookUp(account, name);
      if (!content) throw new Channel.Undeliverable("refused");
      known.set(name, { content, until: account.now() + REMEMBERED_MILLIS });
      return content;
    },
    forget(named) {
      known.delete(nameOf(named));
    },
  };
}

const nameOf = ({ template, language }: Named): string => `${template}_${language}`;

async function lookUp(account: Account, name: string): Promise<Content | undefined> {
  const url = new URL(`${account.contentUrl}/v2/Content`);
  url.searchParams.set("ContentName", `^${name}$`);
  url.searchParams.set("ChannelEligibility", "whatsapp:approved");
  url.searchParams.set("SortByDate", "desc");
  const answer = Contents.safeParse(await read(account, url));
  // Nothing has been sent yet.
  if (!answer.success) throw new Channel.TryLater("unreadable-answer", undefined, false);
  const found = answer.data.contents.find(({ friendly_name }) => friendly_name === name);
  if (!found) return undefined;
  const [body = ""] = Object.values(found.types).flatMap((type) => type.body ?? []);
  return { sid: found.sid, body };
}

/** The variables by their place: Twilio's keys have 16 characters at most, and some of our names are longer. */
export const contentVariables = (parameters: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.values(parameters).map((value, index) => [String(index + 1), value]));

/** The text that the phone shows. */
export const filled = ({ body }: Content, variables: Readonly<Record<string, string>>): string =>
  body.replace(/\{\{(\w+)\}\}/g, (placeholder, name: string) => variables[name] ?? placeholder);
