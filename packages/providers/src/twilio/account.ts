/** An account with Twilio. */
export interface TwilioAccount {
  readonly accountSid: string;
  readonly authToken: string;
  /** Where Twilio tells what became of a message. Left out, it tells nobody. */
  readonly statusUrl?: string;
  /** Without a final slash, as all of these. */
  readonly apiUrl?: string;
  readonly contentUrl?: string;
  readonly timeoutMillis?: number;
  readonly now?: () => number;
}

/** The account with everything that it left out. */
export const accountOf = (account: TwilioAccount) => ({
  apiUrl: "https://api.twilio.com",
  contentUrl: "https://content.twilio.com",
  timeoutMillis: 10_000,
  now: Date.now,
  ...account,
});

export type Account = ReturnType<typeof accountOf>;
