import { BadSignature } from "../webhook/index.ts";

const TIMEOUT_MS = 2_000;

/** Reads the certificates that SNS signs with, each once per process: their addresses change with them. */
export function snsCertificates(read: typeof fetch = fetch): (url: string) => Promise<string> {
  const known = new Map<string, Promise<string>>();
  return (url) => {
    const reading = known.get(url) ?? certificateAt(url, read);
    known.set(url, reading);
    reading.catch(() => known.delete(url));
    return reading;
  };
}

async function certificateAt(url: string, read: typeof fetch): Promise<string> {
  const answer = await read(url, { redirect: "error", signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (answer.status === 403 || answer.status === 404) throw new BadSignature();
  if (!answer.ok) throw new Error(`The certificate of SNS: ${answer.status}.`);
  return answer.text();
}
