/**
 * Every way in which a call may fail, by the type that the domain gives it: the one place where it gets a status.
 *
 * Types are stable: clients decide by them. Titles are for people and may change.
 */
export const failures = {
  "malformed-json": { status: 400, title: "The body is not JSON" },
  unauthenticated: { status: 401, title: "Sign in first" },
  "link-invalid": { status: 401, title: "The link is not valid" },
  "link-expired": { status: 401, title: "The link has ended" },
  "signature-invalid": { status: 401, title: "The signature is not the provider's" },
  "signature-stale": { status: 401, title: "The signature is too old" },
  forbidden: { status: 403, title: "Not allowed" },
  "not-a-member": { status: 403, title: "No clinic knows this address" },
  "not-found": { status: 404, title: "Not found" },
  "already-decided": { status: 409, title: "The request is decided" },
  "already-ended": { status: 409, title: "The reservation has ended" },
  "already-waiting": { status: 409, title: "Already on the waiting list" },
  "already-retried": { status: 409, title: "The run has been retried" },
  "not-begun": { status: 409, title: "The visit has not begun" },
  "not-due": { status: 409, title: "It has not expired" },
  "offer-ended": { status: 409, title: "The offer has ended" },
  "prescription-ended": { status: 409, title: "The prescription has ended" },
  "run-not-failed": { status: 409, title: "The run has not failed" },
  "sender-taken": { status: 409, title: "The number is taken" },
  "slot-blocked": { status: 409, title: "The time is closed" },
  "slot-past": { status: 409, title: "The time has passed" },
  "slot-taken": { status: 409, title: "The time is taken" },
  "slot-too-far": { status: 409, title: "The time cannot be booked yet" },
  "slot-too-soon": { status: 409, title: "The time is too near" },
  "slug-taken": { status: 409, title: "The slug is taken" },
  "too-late": { status: 409, title: "Too late to change" },
  stale: { status: 412, title: "It has changed since you read it" },
  "too-large": { status: 413, title: "The body is too large" },
  "unsupported-media-type": { status: 415, title: "The body has to be JSON" },
  "idempotency-key-reused": { status: 422, title: "The idempotency key was used before" },
  invalid: { status: 422, title: "The request is not valid" },
  internal: { status: 500, title: "Something went wrong here" },
  busy: { status: 503, title: "Too much at once" },
} as const satisfies Record<string, { status: number; title: string }>;

export type FailureType = keyof typeof failures;

export const isFailureType = (type: string): type is FailureType => Object.hasOwn(failures, type);
