import type { Verdict, Verdicts } from "../verdict.ts";

/** Source: developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes */
const verdicts: Verdicts<number> = {
  0: "unauthorized", // the token does not open the account
  1: "later", // unknown fault of the API
  2: "later", // the API is down or overloaded
  3: "unauthorized", // no permission
  4: "later", // too many calls
  10: "unauthorized", // permission was taken away
  33: "refused", // no such sender
  100: "refused", // a parameter is wrong
  190: "unauthorized", // the token has expired
  368: "unauthorized", // the account is blocked for a violation of policy
  80007: "later", // the account's rate limit
  130429: "later", // throughput reached
  130472: "refused", // the person is part of an experiment
  131000: "later", // something went wrong
  131005: "unauthorized", // access denied
  131008: "refused", // a parameter is missing
  131009: "refused", // a value is invalid
  131016: "later", // service unavailable
  131021: "wrong-number", // the sender's own number
  131026: "wrong-number", // not a number of WhatsApp, or cannot receive
  131031: "unauthorized", // the account is locked
  131042: "unauthorized", // the account does not pay
  131045: "unauthorized", // the sender is not registered
  131047: "refused", // free text outside of the window
  131048: "refused", // too much of this sender was marked as spam
  131049: "refused", // Meta keeps it back
  131050: "refused", // the person stopped what Meta calls marketing, and nothing else
  131051: "refused", // this kind of message is not supported
  131056: "later", // too many messages to one person
  131057: "later", // the account is under maintenance
  132000: "refused", // another number of parameters
  132001: "refused", // no such template in this language
  132005: "refused", // too long when filled in
  132007: "refused", // the template breaks a policy
  132012: "refused", // a parameter has another format
  132015: "refused", // the template is paused
  132016: "refused", // the template is disabled
  133004: "later", // the server is temporarily unavailable
  133010: "unauthorized", // the sender is not registered
  135000: "refused", // something about the parameters
};

/** What Meta's code means, in the answer to a call or in a receipt; `undefined` for one that says nothing here. */
export const metaVerdict = (code: number): Verdict | undefined =>
  verdicts[code] ?? (code >= 200 && code < 300 ? "unauthorized" : undefined);
