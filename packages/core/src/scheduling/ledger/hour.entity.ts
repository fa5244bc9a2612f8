import { Entity } from "electrodb";

const grain = { type: "string" } as const;

/**
 * One hour of one calendar in twelve grains of five minutes, each holding its owner's id when taken.
 *
 * Keyed by the UTC hour, so that no change of zone or clock opens a hole. A grain is set under `attribute_not_exists`
 * in the booking's own transaction: that is what makes an overlap impossible. It is the truth; a slot is a view.
 */
export const HourEntity = new Entity({
  model: { entity: "hour", version: "1", service: "turno" },
  attributes: {
    profileId: { type: "string", required: true, readOnly: true, label: "p", field: "prf" },
    /** `YYYY-MM-DDTHH` */
    hour: { type: "string", required: true, readOnly: true, label: "h" },
    g0: grain,
    g1: grain,
    g2: grain,
    g3: grain,
    g4: grain,
    g5: grain,
    g6: grain,
    g7: grain,
    g8: grain,
    g9: grain,
    g10: grain,
    g11: grain,
    ttl: { type: "number" },
  },
  indexes: {
    primary: {
      pk: { field: "pk", composite: ["profileId"] },
      sk: { field: "sk", composite: ["hour"] },
    },
  },
});
