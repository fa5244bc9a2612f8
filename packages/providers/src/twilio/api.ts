import * as z from "zod";
import { type Answer, call } from "../http/index.ts";
import { failureOf, verdictOfStatus } from "../verdict.ts";
import type { Account } from "./account.ts";
import { twilioVerdict } from "./verdict.ts";

const Refusal = z.object({ code: z.number() });

/**
 * Posts a form to a resource of the account, such as `Messages`.
 *
 * Source: twilio.com/docs/usage/requests-to-twilio, /docs/usage/twilios-response
 */
export async function post(
  account: Account,
  resource: string,
  form: Readonly<Record<string, string>>,
): Promise<unknown> {
  return bodyOf(
    await call({
      url: urlOf(account, resource),
      headers: {
        authorization: authorizationOf(account),
        "content-type": "application/x-www-form-urlencoded",
        accept: "application/json",
      },
      body: new URLSearchParams(form).toString(),
      timeoutMillis: account.timeoutMillis,
    }),
  );
}

/** Reads from any of Twilio's addresses. */
export async function read(account: Account, url: URL): Promise<unknown> {
  return bodyOf(
    await call({
      url,
      method: "GET",
      headers: { authorization: authorizationOf(account), accept: "application/json" },
      timeoutMillis: account.timeoutMillis,
    }),
  );
}

export const urlOf = ({ apiUrl, accountSid }: Account, resource: string): URL =>
  new URL(`${apiUrl}/2010-04-01/Accounts/${accountSid}/${resource}.json`);

const authorizationOf = ({ accountSid, authToken }: Account): string =>
  `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}`;

function bodyOf(answer: Answer): unknown {
  if (answer.status >= 200 && answer.status < 300) return answer.body;
  const code = Refusal.safeParse(answer.body).data?.code;
  const known = code === undefined ? undefined : twilioVerdict(code);
  throw failureOf(known ?? verdictOfStatus(answer.status), answer);
}
