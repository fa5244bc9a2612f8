/** What is heard of a call's TwiML, and in which language; `undefined` when it is none. */
export function toldOnThePhone(twiml: string): { body: string; language: string } | undefined {
  const [, language, said] =
    /^<Response><Say language="([a-z]{2})-[A-Z]{2}"[^>]*>([^<]*)<\/Say><\/Response>$/.exec(twiml) ?? [];
  if (!language || !said?.trim()) return undefined;
  return { language, body: said.replace(/&(lt|gt|amp);/g, (_, name: string) => CHARACTERS[name]!) };
}

const CHARACTERS: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&" };
