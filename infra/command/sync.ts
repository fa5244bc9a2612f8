import { createHmac } from "node:crypto";

/** Inngest did not take the app. Until it does, it runs the workflows that it knew before. */
export class NotSynced extends Error {
  override readonly name = "NotSynced";
}

/**
 * Has the app at `url` register its workflows with the Inngest that it is set up for: Inngest Cloud or one's own.
 *
 * The function URL takes no unsigned call, so this one is signed as Inngest signs: an HMAC over the body and the second.
 *
 * @throws NotSynced
 */
export async function sync(url: string, signingKey: string, now: Date = new Date()): Promise<void> {
  const body = "{}";
  const seconds = Math.floor(now.getTime() / 1000);
  const key = signingKey.replace(/^signkey-\w+-/, "");
  const signature = createHmac("sha256", key).update(`${body}${seconds}`).digest("hex");
  const response = await fetch(url, {
    method: "PUT",
    body,
    headers: {
      "content-type": "application/json",
      "x-inngest-signature": `t=${seconds}&s=${signature}`,
    },
    signal: AbortSignal.timeout(60_000),
  });
  if (!response.ok) throw new NotSynced(`${response.status}: ${(await response.text()).slice(0, 500)}`);
}
