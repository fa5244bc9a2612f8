import type { Caller } from "../call/call.ts";
import type { Answer } from "../call/reply.ts";
import { signatureOf } from "../call/signature.ts";
import type { Context } from "../context.ts";
import { registerApp } from "./register.ts";
import { SyncRefused } from "./rules.ts";

/**
 * Asks a served app for its functions. A signed app answers with them (in-band); another one posts them to the engine
 * it knows (out-of-band), which must be this one.
 *
 * @throws SyncRefused when the app cannot be reached, is refused, or registers elsewhere
 */
export async function syncApp(context: Context, caller: Caller, appUrl: string): Promise<void> {
  const { signingKey } = context.settings;
  const body = { url: appUrl };
  const headers = {
    "content-type": "application/json",
    "x-inngest-server-kind": signingKey ? "cloud" : "dev",
    "x-inngest-sync-kind": signingKey ? "in_band" : "out_of_band",
    ...(signingKey && { "x-inngest-signature": signatureOf(signingKey, body) }),
  };
  let registered = false;
  const stopListening = context.store.apps.onChange(() => {
    registered = true;
  });
  try {
    const answer = await ask(caller, appUrl, headers, JSON.stringify(body));
    const read = readMessage(answer.text);
    if (answer.status !== 200) throw new SyncRefused([read.message ?? `${appUrl} answered ${answer.status}`]);
    if (answer.headers["x-inngest-sync-kind"] === "in_band") registerApp(context, read);
    if (!registered) throw new SyncRefused([`${appUrl} registered its functions with another engine`]);
  } finally {
    stopListening();
  }
}

async function ask(
  caller: Caller,
  appUrl: string,
  headers: Record<string, string>,
  body: string,
): Promise<Answer> {
  try {
    return await caller.send({ method: "PUT", url: new URL(appUrl), headers, body });
  } catch (error) {
    throw new SyncRefused([`${appUrl} cannot be reached: ${error instanceof Error ? error.message : error}`]);
  }
}

function readMessage(text: string): { message?: string } {
  try {
    return JSON.parse(text);
  } catch {
    throw new SyncRefused([`the app answered ${text.slice(0, 200)}`]);
  }
}
