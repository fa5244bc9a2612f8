import { Entity } from "electrodb";

/** One of each appointment, beside its reservation. */
export const DepositEntity = new Entity({
  model: { entity: "deposit", version: "1", service: "turno" },
  attributes: {
    appointmentId: { type: "string", required: true, label: "a", field: "apt" },
    organizationId: { type: "string", required: true, field: "org" },
    profileId: { type: "string", required: true, field: "prf" },
    status: {
      type: ["requested", "expired", "paid", "refunding", "refunded", "refund-failed"] as const,
      required: true,
    },
    provider: { type: "string", required: true },
    amount: { type: "number", required: true },
    currency: { type: "string", required: true, field: "cur" },
    requestedAt: { type: "string", required: true },
    expiresAt: { type: "string", required: true },
    checkoutAttempt: { type: "number" },
    checkoutId: { type: "string" },
    url: { type: "string" },
    paymentId: { type: "string" },
    paid: { type: "number" },
    paidAt: { type: "string" },
    byHand: { type: "number" },
    byHandAt: { type: "string" },
    refundDue: { type: "number" },
    refundAmount: { type: "number" },
    refundAttempt: { type: "number" },
    refundId: { type: "string" },
    failedRefundId: { type: "string" },
    refundedAt: { type: "string" },
    failedAt: { type: "string" },
    failure: { type: "string" },
    version: { type: "number", required: true },
  },
  indexes: {
    primary: { pk: { field: "pk", composite: ["appointmentId"] }, sk: { field: "sk", composite: [] } },
  },
});
