import { createHash, createHmac, type Hash, type Hmac } from "node:crypto";

/** What takes text, or with `hex` the bytes that it spells, and gives a digest in the end. */
class Digester {
  readonly #hash: Hash | Hmac;

  constructor(hash: Hash | Hmac) {
    this.#hash = hash;
  }

  update(text: string, encoding?: "hex"): this {
    this.#hash.update(encoding === "hex" ? bytesOf(text) : text);
    return this;
  }

  digest(): number[];
  digest(encoding: "hex"): string;
  digest(encoding?: "hex"): number[] | string {
    return encoding === "hex" ? this.#hash.digest("hex") : [...this.#hash.digest()];
  }
}

/** As hash.js reads it, which also takes what is no hexadecimal number: what stands between is passed over. */
function bytesOf(text: string): Uint8Array {
  const digits = text.replace(/[^a-z0-9]+/gi, "");
  const even = digits.length % 2 === 0 ? digits : `0${digits}`;
  return Uint8Array.from(even.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

const algorithm = (name: string) => Object.assign(() => new Digester(createHash(name)), { algorithm: name });

/**
 * The part of hash.js that the SDK of the workflow service uses, by Node itself: that library is written out in
 * JavaScript with every algorithm that it knows.
 */
const hash = {
  sha1: algorithm("sha1"),
  sha256: algorithm("sha256"),
  hmac: ({ algorithm }: { readonly algorithm: string }, key: string) =>
    new Digester(createHmac(algorithm, key)),
};

export default hash;
