import { domainToASCII } from "node:url";

/**
 * A clinic's `Name <address>` in the letters that SES takes, which are those of ASCII.
 *
 * Source: docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html (FromEmailAddress), RFC 2047, RFC 5322
 */
export function mailboxInAscii(sender: string): string {
  const [, name = "", address = sender] = /^(.*)<([^<>]*)>\s*$/s.exec(sender) ?? [];
  const phrase = phraseOf(unquoted(name.trim()));
  return phrase ? `${phrase} <${addressInAscii(address)}>` : addressInAscii(address);
}

/** A domain in Punycode. In front of the `@` SES takes nothing else than ASCII, in no form. */
export function addressInAscii(address: string): string {
  const [, local, domain = ""] = /^(.*@)([^@]*)$/s.exec(address.trim()) ?? [];
  const isPlain = local === undefined || isPrintable(domain);
  return isPlain ? address.trim() : local + (domainToASCII(domain) || domain);
}

const unquoted = (name: string): string => {
  const [, inner] = /^"(.*)"$/s.exec(name) ?? [];
  return inner === undefined ? name : inner.replace(/\\(.)/gs, "$1");
};

const isPrintable = (text: string): boolean => /^[ -~]*$/.test(text);

function phraseOf(name: string): string {
  if (!isPrintable(name)) return encodedWords(name);
  if (/^[\w !#$%&'*+\-/=?^`{|}~]*$/.test(name)) return name;
  return `"${name.replace(/["\\]/g, "\\$&")}"`;
}

/** What base64 makes the 63 letters of that an encoded word of 75 has left beside its frame. */
const MOST_BYTES = 45;

/** Words are cut between characters, never within one; whoever reads them drops the spaces in between. */
function encodedWords(text: string): string {
  const words = [""];
  for (const character of text) {
    const longer = words.at(-1) + character;
    if (Buffer.byteLength(longer) <= MOST_BYTES) words[words.length - 1] = longer;
    else words.push(character);
  }
  return words.map((word) => `=?UTF-8?B?${Buffer.from(word).toString("base64")}?=`).join(" ");
}
