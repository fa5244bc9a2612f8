import { Entity } from "electrodb";

/** Keyed by a keyed digest of the e-mail address, since no key holds a person's data. */
export const MemberEntity = new Entity({
  model: { entity: "member", version: "1", service: "turno" },
  attributes: {
    identity: { type: "string", required: true, label: "i" },
    memberId: { type: "string", required: true },
    organizationId: { type: "string", required: true, field: "org" },
    email: { type: "string", required: true },
    name: { type: "string", required: true },
    roles: { type: "list", items: { type: "string" }, required: true },
    careTeams: { type: "list", items: { type: "string" }, required: true },
  },
  indexes: { primary: { pk: { field: "pk", composite: ["identity"] }, sk: { field: "sk", composite: [] } } },
});
