import { Entity } from "electrodb";
import { packed, unpacked } from "../../platform/index.ts";

/**
 * One run of a workflow. While it is under way the row holds what its steps took, and stands in no index.
 *
 * `byDay`: a clinic's log by UTC day, so that no partition grows without end. `byWorkflow`: the latest runs of one.
 * `open`: what failed; it leaves the index when a run that repeats it has ended, whatever became of that.
 */
export const RunEntity = new Entity({
  model: { entity: "run", version: "1", service: "turno" },
  attributes: {
    runId: { type: "string", required: true, readOnly: true, label: "r" },
    /** The clinic, or `stage`. */
    owner: { type: "string", label: "o", field: "org" },
    workflow: { type: "string", label: "w", field: "wf" },
    status: { type: ["completed", "failed", "cancelled"] as const },
    day: { type: "string", label: "d", field: "dy" },
    startedAt: { type: "string", field: "start" },
    endedAt: { type: "string", label: "t", field: "end" },
    executionTime: { type: "number", field: "ms" },
    steps: { type: "number", field: "st" },
    failedAttempts: { type: "number", field: "fa" },
    errorKind: { type: "string", field: "err" },
    errorMessage: { type: "string", field: "em" },
    eventName: { type: "string", field: "en" },
    eventId: { type: "string", field: "ei" },
    /** What it began with, of a run that did not complete: only that is ever begun anew. */
    triggers: { type: "any", field: "tr", set: packed, get: unpacked },
    isOpen: { type: "boolean", field: "op" },
    retryOf: { type: "string", field: "ro" },
    retries: { type: "number", field: "rn" },
    retriedAt: { type: "string", field: "ra" },
    retryMark: { type: "string", field: "rm" },
    retriedAs: { type: "string", field: "rr" },
    retryStatus: { type: ["completed", "failed", "cancelled"] as const, field: "rs" },
    /** Epoch seconds. */
    ttl: { type: "number", required: true },
  },
  indexes: {
    primary: { pk: { field: "pk", composite: ["runId"] }, sk: { field: "sk", composite: [] } },
    byDay: {
      index: "gsi1",
      scope: "runs",
      pk: { field: "gsi1pk", composite: ["owner", "day"] },
      sk: { field: "gsi1sk", composite: ["endedAt", "runId"] },
    },
    byWorkflow: {
      index: "gsi2",
      scope: "workflow",
      pk: { field: "gsi2pk", composite: ["owner", "workflow"] },
      sk: { field: "gsi2sk", composite: ["endedAt", "runId"] },
    },
    open: {
      index: "gsi3",
      scope: "failedruns",
      projection: "keys_only",
      condition: ({ isOpen }) => isOpen === true,
      pk: { field: "gsi3pk", composite: ["owner"] },
      sk: { field: "gsi3sk", composite: ["endedAt", "runId"] },
    },
  },
});
