import { createECDH, randomBytes } from "node:crypto";
import { join } from "node:path";
import { importJWK, jwtVerify } from "jose";
import { openJournal, readIfThere, writeAtomically } from "../../disk/index.ts";
import type { Fault, Office } from "../office/index.ts";
import type { Asked, Reply, StandIn } from "../stand-in.ts";
import { type BrowserKeys, decrypt } from "./decrypt.ts";

interface Browser extends BrowserKeys {
  readonly id: string;
  readonly publicKey: string;
  /** Of the application that it said yes to. */
  readonly applicationKey: string;
}

/** What a browser hands to the page that asks for notifications. */
export interface Subscription {
  readonly endpoint: string;
  readonly keys: { readonly p256dh: string; readonly auth: string };
}

/** A push service, and the browsers that it reaches. */
export interface PushStandIn extends StandIn {
  /** A browser that says yes to whoever has this key; to the application when left out. */
  subscribe(applicationKey?: string): Subscription;
  /** It says no from now on. */
  unsubscribe(endpoint: string): void;
  close(): void;
}

/** Where the browsers have their addresses: at one of the real services. */
const SERVICE = "https://updates.push.services.mozilla.com";

const LONGEST_BYTES = 4096;
const LONGEST_TOKEN_SECONDS = 24 * 60 * 60;

/** Browsers are lines of `browsers.jsonl`; the application's keys are in `vapid.json`. */
export function webPushStandIn(office: Office, stateDir: string): PushStandIn {
  const journal = openJournal<Browser>(join(stateDir, "browsers.jsonl"));
  const browsers = new Map(journal.recovered.map((browser) => [browser.id, browser]));
  const vapid = applicationKeys(join(stateDir, "vapid.json"));

  async function answer(asked: Asked, fault: Partial<Fault>): Promise<Reply> {
    const browser = browsers.get(idIn(asked.path));
    if (asked.method !== "POST") return { status: 405 };
    if (!(await isFromApplication(asked))) return { status: 403 };
    if (!browser) return { status: 410 };
    if (browser.applicationKey !== vapid.publicKey) return { status: 403 };
    const { ttl, "content-encoding": encoding, topic } = asked.headers;
    if (!/^\d+$/.test(String(ttl)) || encoding !== "aes128gcm") return { status: 400 };
    if (topic !== undefined && !/^[\w-]{1,32}$/.test(String(topic))) return { status: 400 };
    if (asked.body.length > LONGEST_BYTES) return { status: 413 };
    const shown = shownBy(browser, asked.body);
    if (!shown) return { status: 400 };
    const kept = office.keep(
      {
        providerMessageId: `push_${office.newId()}`,
        provider: "web-push",
        channel: "push",
        to: browser.id,
        from: vapid.publicKey,
        ...shown,
        // A topic takes the place of what waits under it.
        ...(topic && { idempotencyKey: `${browser.id} ${String(topic)}` }),
      },
      { ...fault, receipt: "never" },
    );
    return { status: 201, headers: { location: `${SERVICE}/m/${kept.providerMessageId}` } };
  }

  /** Source: RFC 8292, section 4.2 */
  async function isFromApplication({ headers }: Asked): Promise<boolean> {
    const [, token, key] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(headers.authorization ?? "") ?? [];
    if (!token || key !== vapid.publicKey) return false;
    const point = Buffer.from(key, "base64url");
    const x = point.subarray(1, 33).toString("base64url");
    const y = point.subarray(33).toString("base64url");
    try {
      const { payload } = await jwtVerify(
        token,
        await importJWK({ kty: "EC", crv: "P-256", x, y }, "ES256"),
        {
          audience: SERVICE,
          currentDate: new Date(office.now()),
          requiredClaims: ["exp", "sub"],
        },
      );
      return payload.exp! - office.now() / 1000 <= LONGEST_TOKEN_SECONDS;
    } catch {
      return false;
    }
  }

  return {
    provider: "web-push",
    variables: (url) => ({
      VAPID_PUBLIC_KEY: vapid.publicKey,
      VAPID_PRIVATE_KEY: vapid.privateKey,
      VAPID_SUBJECT: "mailto:local@turno.example",
      WEB_PUSH_URL: url,
    }),
    isMessage: ({ method }) => method === "POST",
    answer,
    failure(why) {
      if (why === "busy") return { status: 429 };
      return { status: why === "fault" ? 500 : Number(why) };
    },
    subscribe(applicationKey = vapid.publicKey) {
      const browser: Browser = {
        ...{ id: `browser_${office.newId()}`, applicationKey },
        ...keyPair(),
        auth: randomBytes(16).toString("base64url"),
      };
      journal.append(browser);
      browsers.set(browser.id, browser);
      return {
        endpoint: `${SERVICE}/wpush/v2/${browser.id}`,
        keys: { p256dh: browser.publicKey, auth: browser.auth },
      };
    },
    unsubscribe(endpoint) {
      browsers.delete(idIn(endpoint));
    },
    close: () => journal.close(),
  };
}

const idIn = (address: string): string => address.slice(address.lastIndexOf("/") + 1);

function shownBy(
  browser: Browser,
  body: Buffer,
): { subject: string; body: string; template: string; language: string } | undefined {
  try {
    const {
      title,
      body: text,
      template,
      language,
    } = JSON.parse(decrypt(body, browser)) as Record<string, string>;
    return { subject: title!, body: text!, template: template!, language: language! };
  } catch {
    return undefined;
  }
}

function applicationKeys(path: string): { publicKey: string; privateKey: string } {
  const known = readIfThere(path);
  if (known) return JSON.parse(known) as { publicKey: string; privateKey: string };
  const keys = keyPair();
  writeAtomically(path, JSON.stringify(keys), { mode: 0o600 });
  return keys;
}

/** A private key has 32 bytes, also the one of 256 whose number is shorter. */
function keyPair(): { publicKey: string; privateKey: string } {
  const own = createECDH("prime256v1");
  const publicKey = own.generateKeys("base64url");
  const number = own.getPrivateKey();
  const privateKey = Buffer.concat([Buffer.alloc(32 - number.length), number]).toString("base64url");
  return { publicKey, privateKey };
}
