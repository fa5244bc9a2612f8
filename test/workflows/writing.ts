import { createHmac } from "node:crypto";
import { gatewayRoutes } from "@turno/contract";
import { apis, receiversOf } from "@turno/functions";
import { startGateway } from "@turno/local/gateway";
import { afterEach } from "vitest";
import type { Clinic } from "./clinic.ts";

const META = { appSecret: "an-app-secret", verifyToken: "a-verify-token" };
const TWILIO = { authToken: "an-auth-token" };
/** As the clinic's settings name its number. */
const NUMBER = "525550000000";

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

interface Written {
  /** The message of ours that it answers, as its provider knows it. */
  readonly answers?: string;
  /** The provider's id of this message; a new one when left out. */
  readonly id?: string;
  /** What the text stands below. */
  readonly file?: "audio" | "image";
}

/** The clinic's numbers, as people write to them: through the gateway and the Lambda, signed by the provider. */
export interface Numbers {
  readonly url: string;
  /** Somebody writes by WhatsApp. Answers the status of the call. */
  whatsapp(from: string, text: string, written?: Written): Promise<number>;
  sms(from: string, text: string): Promise<number>;
}

/** Opens the numbers of a clinic; they are closed after the test. */
export async function openNumbers({ context }: Clinic): Promise<Numbers> {
  const lambdas = apis({
    ...{ context, issuer: undefined, stage: "test", version: "0", webUrl: "", log: () => undefined },
    receivers: receiversOf({ meta: META, twilio: TWILIO }),
  });
  const gateway = await startGateway({
    port: 0,
    routes: gatewayRoutes
      .filter(({ authorizer }) => authorizer === "none")
      .map(({ context: target, ...route }) => ({ ...route, target })),
    targets: lambdas,
  });
  closing.push(() => gateway.close());
  let count = 0;

  const post = async (url: string, body: string, headers: Record<string, string>): Promise<number> => {
    const answer = await fetch(url, { method: "POST", body, headers });
    await answer.text();
    return answer.status;
  };

  return {
    url: gateway.url,
    whatsapp(from, text, { answers, id = `wamid.in-${++count}`, file } = {}) {
      const message = {
        ...{ id, from: from.slice(1), timestamp: `${Date.parse(context.now()) / 1000}` },
        ...(file
          ? { type: file, [file]: { id: "1", ...(text && { caption: text }) } }
          : { type: "text", text: { body: text } }),
        ...(answers && { context: { from: NUMBER, id: answers } }),
      };
      const value = {
        messaging_product: "whatsapp",
        metadata: { phone_number_id: "106540352242922", display_phone_number: NUMBER },
        messages: [message],
      };
      const body = JSON.stringify({
        object: "whatsapp_business_account",
        entry: [{ id: "1", changes: [{ field: "messages", value }] }],
      });
      const signature = createHmac("sha256", META.appSecret).update(body).digest("hex");
      return post(`${gateway.url}/v1/webhooks/meta`, body, {
        "content-type": "application/json",
        "x-hub-signature-256": `sha256=${signature}`,
      });
    },
    sms(from, text) {
      const url = `${gateway.url}/v1/webhooks/twilio/messages`;
      const fields: Record<string, string> = {
        ...{ Body: text, From: from, MessageSid: `SM${++count}`, NumMedia: "0", To: `+${NUMBER}` },
      };
      const signed = url + Object.entries(fields).flat().join("");
      return post(url, new URLSearchParams(fields).toString(), {
        "content-type": "application/x-www-form-urlencoded",
        "x-twilio-signature": createHmac("sha1", TWILIO.authToken).update(signed).digest("base64"),
      });
    },
  };
}
