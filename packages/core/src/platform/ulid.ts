import { monotonicFactory } from "ulid";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** 26 characters of Crockford's base 32. */
export const ULID_REGEX = "[0-9A-HJKMNP-TV-Z]{26}";

/** `value` in Crockford's base 32, exactly `length` characters. */
export const base32 = (value: bigint, length: number): string => {
  let text = "";
  for (let rest = value; text.length < length; rest /= 32n) text = ALPHABET[Number(rest % 32n)] + text;
  return text;
};

export const fromBase32 = (text: string): number =>
  [...text].reduce((value, character) => value * 32 + ALPHABET.indexOf(character), 0);

/** The shape of a ULID made of a digest (at least 16 bytes): the same digest, the same id. Carries no time. */
export const ulidFromDigest = (digest: Uint8Array): string =>
  base32(BigInt(`0x${Buffer.from(digest.subarray(0, 16)).toString("hex")}`), 26);

/** The smallest ULID of a moment: every ULID made before `epochMillis` sorts below it. */
export const firstUlidAt = (epochMillis: number): string => base32(BigInt(epochMillis), 10) + "0".repeat(16);

const drawn = new Uint8Array(1024);
let used = drawn.length;

/** For one of 32 letters. Many are drawn at a time; the library would ask the system for each. */
const chance = (): number => {
  if (used === drawn.length) {
    crypto.getRandomValues(drawn);
    used = 0;
  }
  return (drawn[used++]! % 32) / 32;
};

/** A maker of ULIDs that rise within one process, even inside a millisecond. */
export const ulidFactory = (now: () => number, random = chance): (() => string) => {
  const next = monotonicFactory(random);
  return () => next(now());
};
