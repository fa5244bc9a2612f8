import { describe, expect, test } from "vitest";
import { addressInAscii, mailboxInAscii } from "./mailbox.ts";

const ADDRESS = "citas@clinica-sol.example";

describe("a sender", () => {
  test.each([
    [ADDRESS, ADDRESS],
    [`<${ADDRESS}>`, ADDRESS],
    [`Clinic Sol <${ADDRESS}>`, `Clinic Sol <${ADDRESS}>`],
    [`Clínica Sol <${ADDRESS}>`, `=?UTF-8?B?Q2zDrW5pY2EgU29s?= <${ADDRESS}>`],
    [`"Clínica Sol" <${ADDRESS}>`, `=?UTF-8?B?Q2zDrW5pY2EgU29s?= <${ADDRESS}>`],
    [`Dr. Sol, Madrid <${ADDRESS}>`, `"Dr. Sol, Madrid" <${ADDRESS}>`],
    [`"Dr. \\"Sol\\"" <${ADDRESS}>`, `"Dr. \\"Sol\\"" <${ADDRESS}>`],
    [`Sol \\ Luna <${ADDRESS}>`, `"Sol \\\\ Luna" <${ADDRESS}>`],
    [`=?UTF-8?B?Q2zDrW5pY2EgU29s?= <${ADDRESS}>`, `=?UTF-8?B?Q2zDrW5pY2EgU29s?= <${ADDRESS}>`],
    ["Sol <citas@clínica-sol.example>", "Sol <citas@xn--clnica-sol-l8a.example>"],
    ["nobody", "nobody"],
  ])("%s is written %s", (sender, written) => {
    expect(mailboxInAscii(sender)).toBe(written);
  });

  test("with a line break in its name begins no header", () => {
    expect(mailboxInAscii(`Sol\r\nBcc: eva@example.org <${ADDRESS}>`)).not.toMatch(/[\r\n]/);
  });

  test("with a long name has it in words of 75 letters, cut between characters", () => {
    const name = `${"Clínica de Otorrinolaringología y Audición ".repeat(4)}👂🏽👂🏽👂🏽`;
    const [phrase] = mailboxInAscii(`${name} <${ADDRESS}>`).split(" <");
    const words = phrase!.split(" ");
    expect(words.length).toBeGreaterThan(1);
    expect(words.filter((word) => word.length > 75)).toEqual([]);
    const decoded = words.map((word) => Buffer.from(/\?B\?(.+)\?=/.exec(word)![1]!, "base64").toString());
    expect(decoded.join("")).toBe(name);
    expect(decoded.join("")).not.toContain("\uFFFD");
  });
});

test("an address is ASCII but for what SES takes in no form", () => {
  expect(addressInAscii("ana@example.org")).toBe("ana@example.org");
  expect(addressInAscii("ana@correo-señal.example")).toMatch(/^ana@xn--[\w-]+\.example$/);
  expect(addressInAscii("peña@example.org")).toBe("peña@example.org");
});
