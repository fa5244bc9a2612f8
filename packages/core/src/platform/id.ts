import * as z from "zod";
import { ULID_REGEX } from "./ulid.ts";

/**
 * The kinds of id, by what they name. An id is the prefix and a ULID: `res_01JDWX…`.
 *
 * ULIDs are fixed in length and case-insensitive, so an id is safe inside a lower-cased key.
 */
export const prefixes = {
  organization: "org",
  profile: "prf",
  member: "mem",
  patient: "pat",
  service: "svc",
  rule: "rul",
  exception: "exc",
  request: "req",
  reservation: "res",
  entry: "wte",
  note: "not",
  prescription: "rx",
  notification: "ntf",
  message: "msg",
} as const;

export type IdKind = keyof typeof prefixes;

/** The schema of one kind of id. */
export const idOf = (kind: IdKind) =>
  z
    .string()
    .regex(new RegExp(`^${prefixes[kind]}_${ULID_REGEX}$`), `must be a ${kind} id`)
    .meta({ description: `Id of a ${kind}`, example: `${prefixes[kind]}_01JDWXR3M8Q6V9T2KZB4N7HC5E` });

export const idFrom = (kind: IdKind, ulid: string): string => `${prefixes[kind]}_${ulid}`;

/** The ULID inside an id. */
export const ulidIn = (id: string): string => id.slice(id.indexOf("_") + 1);
