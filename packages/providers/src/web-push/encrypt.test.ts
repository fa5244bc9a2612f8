import { expect, test } from "vitest";
import { encrypt } from "./encrypt.ts";

/** RFC 8291, section 5 and appendix A. */
const example = {
  text: "When I grow up, I want to be a watermelon",
  p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
  auth: "BTBZMqHH6r4Tts7J_aSIgg",
  privateKey: "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw",
  salt: "DGv6ra1nlYgDCS1FRnbzlw",
  message:
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
};

test("a text is encrypted as in the standard's example", () => {
  const message = encrypt(Buffer.from(example.text), example, {
    privateKey: Buffer.from(example.privateKey, "base64url"),
    salt: Buffer.from(example.salt, "base64url"),
  });
  expect(message.toString("base64url")).toBe(example.message);
});

test("the same text never looks the same", () => {
  const once = encrypt(Buffer.from(example.text), example);
  expect(encrypt(Buffer.from(example.text), example).equals(once)).toBe(false);
});

test("a key that is no point of the curve is refused", () => {
  const p256dh = Buffer.alloc(65, 4).toString("base64url");
  expect(() => encrypt(Buffer.from("hello"), { ...example, p256dh })).toThrow();
});
