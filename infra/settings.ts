import type { App } from "sst/constructs";
import type { channelSecrets, paymentSecrets, webhookSecrets } from "./secrets.ts";
import { stages } from "./stages.ts";

/** `dev` stages may be thrown away; the others hold data of patients. */
export type Tier = "dev" | "staging" | "prod";

/** Every Lambda by its id in the stacks. */
export type LambdaName = `${string}-api` | "relay" | "sweep" | "workflows";

export interface Throttle {
  /** Calls a second, over time. */
  readonly rate: number;
  /** Calls at once. */
  readonly burst: number;
}

/** How often a route may be called, by who can call it. */
export interface Throttles {
  /** Reading without a token. */
  readonly browse: Throttle;
  /** Writing without a staff token: where a stranger could do harm. */
  readonly book: Throttle;
  /** Providers, who tell several things about each message. */
  readonly webhook: Throttle;
  /** Staff. */
  readonly staff: Throttle;
}

export interface Domain {
  readonly name: string;
  /** An issued certificate of this name, in the stage's region. */
  readonly certificateArn: string;
  readonly hostedZone: { readonly id: string; readonly name: string };
}

/** Who signs staff in. */
export type Identity =
  /** A user pool that the stage makes. */
  | { readonly kind: "cognito" }
  /** Any OpenID Connect issuer; its tokens name the person's `email` and `email_verified`. */
  | { readonly kind: "oidc"; readonly issuer: string; readonly audience: string };

/** Who runs the workflows. */
export type Inngest =
  /** Inngest Cloud; a branch environment where it is named. */
  | { readonly kind: "cloud"; readonly environment?: string }
  /** A server of one's own, for events and for its API. */
  | { readonly kind: "self-hosted"; readonly url: string };

/** Who passes messages to people on. A clinic chooses among them; one that none of the stage's passes on is not sent. */
export interface Messages {
  /** Those that the stage keeps secrets for. */
  readonly providers: readonly (keyof typeof channelSecrets)[];
  /** Amazon SES in this account. */
  readonly ses?: {
    readonly region: string;
    /** The domains or addresses that it sends from. */
    readonly identities: readonly string[];
    /** What tells the topics of `webhooks` what became of e-mails. */
    readonly configurationSet: string;
  };
  /** Where push services reach whoever runs the stage: `mailto:` or `https:`. */
  readonly vapidSubject: string;
}

/** Everything in which stages differ. */
export interface Settings {
  readonly tier: Tier;
  /** The account that the stage lives in. Nothing is deployed to another one. */
  readonly account?: string;
  readonly region?: string;
  /** Where patients and staff open Turno: the start of links in messages. */
  readonly webUrl: string;
  readonly messages: Messages;
  /** Who takes payments, of those that the stage keeps secrets for; its clinics ask for no deposits where left out. */
  readonly payments?: readonly (keyof typeof paymentSecrets)[];
  /** Whose calls are taken: what became of messages and payments, and what people write. */
  readonly webhooks: {
    readonly providers: readonly (keyof typeof webhookSecrets)[];
    /** The topics of Amazon SNS on which Amazon SES tells what became of e-mails. */
    readonly sesTopics: readonly string[];
  };
  readonly identity: Identity;
  readonly inngest: Inngest;
  readonly api: {
    readonly origins: readonly string[];
    readonly throttles: Throttles;
    readonly domain?: Domain;
  };
  readonly lambda: {
    readonly memoryMb: number;
    readonly logDays: number;
    /** The most that run at once. The sum leaves 100 of the account's concurrency to everybody else. */
    readonly reserved?: Readonly<Record<LambdaName, number>>;
  };
  readonly alarms: { readonly emails: readonly string[] };
  /** The name of a policy in the account that no role of the stage can exceed. */
  readonly permissionsBoundary?: string;
}

/** Whether losing the stage would lose data of patients. */
export const isProtected = ({ tier }: Settings): boolean => tier !== "dev";

/** The settings of a stage by name; a name that is not known is somebody's own dev stage. */
export const settingsOf = (stage: string): Settings => stages[stage] ?? stages.dev;

const KEY = "turno:settings";

/** Lets the stacks of `app` read `settings`. */
export const giveSettings = (app: App, settings: Settings): void => app.node.setContext(KEY, settings);

export const settingsIn = (app: App): Settings => app.node.getContext(KEY) as Settings;
