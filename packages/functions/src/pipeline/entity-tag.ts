import { Stale } from "@turno/core/platform";
import { header, known, type Piece } from "./exchange.ts";

/** The entity tag of a version. */
export const tagOf = (version: number): string => `"${version}"`;

/**
 * Reads the version that an edit was made on from If-Match; `*` and none at all mean whichever there is.
 *
 * A tag that is not one of ours is of no version that we have: {@link Stale}.
 */
export const entityTag = (): Piece => ({
  before: ({ event }) => {
    event.exchange.version = known(event, "route").versioned
      ? versionIn(header(event, "if-match"))
      : undefined;
  },
});

function versionIn(tag: string | undefined): number | undefined {
  if (tag === undefined || tag.trim() === "*") return undefined;
  const digits = /^"(\d{1,9})"$/.exec(tag.trim())?.[1];
  if (!digits) throw new Stale("thing");
  return Number(digits);
}
