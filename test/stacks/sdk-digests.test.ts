import { createRequire } from "node:module";
import path from "node:path";
import { expect, test } from "vitest";
import ours from "../../infra/bundle/stand-ins/hash.ts";
import { sdk } from "./sdk.ts";

// FIPS 180-4 and RFC 4231, as published.
test("the digests are those that are published", () => {
  expect(ours.sha1().update("abc").digest("hex")).toBe("a9993e364706816aba3e25717850c26c9cd0d89d");
  expect(ours.sha256().update("abc").digest("hex")).toBe(
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  );
  expect(ours.hmac(ours.sha256, "Jefe").update("what do ya want ").update("for nothing?").digest("hex")).toBe(
    "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
  );
});

const theirs = createRequire(path.join(sdk, "index.js"))("hash.js") as typeof ours;
const texts = ["", "a", "á è ñ ¿ € 💊 日本", "x".repeat(55), "x".repeat(64), "{}".repeat(5000)];

test("the digests are those of the library, of text in any language and of any length", () => {
  for (const text of texts) {
    for (const name of ["sha1", "sha256"] as const) {
      expect(ours[name]().update(text).digest("hex")).toBe(theirs[name]().update(text).digest("hex"));
      expect(ours[name]().update(text).digest()).toEqual(theirs[name]().update(text).digest());
    }
    for (const key of texts) {
      const digest = ({ hmac, sha256 }: typeof ours) => hmac(sha256, key).update(text).digest("hex");
      expect(digest(ours)).toBe(digest(theirs));
    }
  }
});

test("the digests read a key as the library does, also one that is no number", () => {
  for (const key of ["", "00000000", "ABCdef0123", "abc", "no-key at all!", "zz9", "0x12"]) {
    const digest = ({ sha256 }: typeof ours) => sha256().update(key, "hex").digest("hex");
    expect(digest(ours)).toBe(digest(theirs));
  }
});
