import type { Verdict, Verdicts } from "../verdict.ts";

/** Source: twilio.com/docs/api/errors, and for WhatsApp twilio.com/docs/whatsapp/api/error-code-mapping. */
const verdicts: Verdicts<number> = {
  10004: "later", // call concurrency limit exceeded
  14107: "later", // message rate exceeded
  20003: "unauthorized", // authentication failed
  20005: "unauthorized", // account not active
  20429: "later", // too many requests
  20503: "later", // service unavailable
  21211: "wrong-number", // invalid "To"
  21214: "wrong-number", // "To" cannot be reached
  21217: "wrong-number", // not a valid phone number
  21401: "wrong-number", // invalid phone number
  21408: "refused", // no permission to send to this region
  21610: "opted-out", // the recipient wrote STOP
  21611: "later", // the sender's queue is full
  21612: "refused", // no route from this sender to this number
  21614: "wrong-number", // not a mobile number
  21635: "wrong-number", // a landline
  21655: "refused", // no such content
  21656: "refused", // content variables do not fit
  21730: "later", // maintenance
  30001: "later", // queue overflow
  30002: "unauthorized", // account suspended
  30003: "refused", // handset unreachable
  30004: "opted-out", // blocked
  30005: "wrong-number", // unknown destination
  30006: "wrong-number", // landline or unreachable carrier
  30007: "refused", // filtered by the carrier
  30008: "refused", // unknown
  63003: "wrong-number", // the channel does not know "To"
  63013: "refused", // policy violation
  63016: "refused", // free text outside of the window
  63018: "later", // the channel's rate limit
  63024: "wrong-number", // not a recipient of the channel
  63027: "refused", // no such template in this language
  63028: "refused", // the template has other parameters
  63032: "refused", // the person cannot get this kind of message
  63038: "later", // the account's messages of the day
};

/** What Twilio's code means, in the answer to a call or in a receipt; `undefined` for one that says nothing here. */
export const twilioVerdict = (code: number): Verdict | undefined => verdicts[code];
