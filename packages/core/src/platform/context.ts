import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { Instant } from "./instant.ts";
import type { Keys } from "./keys.ts";
import type { Memory } from "./memory.ts";
import type { Practice } from "./practice.ts";

/** Where the rows are: passed as it stands to ElectroDB's `.go()`. */
export interface TableAccess {
  readonly client: DynamoDBDocumentClient;
  readonly table: string;
}

/** What every verb needs from the world: the table, the time, ids, chance and keys. A test chooses each of them. */
export interface Context {
  readonly table: TableAccess;
  readonly now: () => Instant;
  /** A new ULID that sorts after those made before. */
  readonly newUlid: () => string;
  /** From 0 up to, not including, 1. */
  readonly random: () => number;
  readonly keys: Keys;
  /** What changes rarely and is read always (services, practice settings), kept for a short time. */
  readonly memory: Memory;
}

/**
 * Finds the practice of a profile: for verbs that learn from what they read whose it is. Identity's `Profile.practice` is
 * one. Throws `not-found`.
 */
export type PracticeOf = (context: Context, profileId: string) => Promise<Practice>;
