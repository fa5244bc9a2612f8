import { Reservation } from "@turno/core/booking";
import { Organization } from "@turno/core/identity";
import { Deposit } from "@turno/core/payments";
import { type Language, percentOf } from "@turno/core/platform";
import type { Desk } from "../desk.ts";
import { events } from "../events.ts";
import { say } from "../message/index.ts";
import { paidLink } from "../message/link.ts";

const id = "deposit-request";

/**
 * Asks for a deposit where the clinic wants one: once for a visit, which keeps it when it is moved.
 *
 * The visit does not depend on it: what is not paid is the front desk's to ask about.
 */
export const depositRequest = (desk: Desk) =>
  desk.inngest.createFunction(
    {
      id,
      triggers: [events["reservation/created"], events["appointment/created"]],
      idempotency: "event.data.reservationId",
    },
    async ({ event, step }) => {
      const { reservationId: about } = event.data;
      const { status } = await step.run("request", () => request(desk, about));
      if (status === "requested") {
        await say(step, desk, "tell-patient", { workflow: id, template: "deposit_request", about });
      }
      return { status };
    },
  );

/** Said to the payer and their bank, so that it names no service and no doctor. */
const DEPOSIT_AT: Readonly<Record<Language, string>> = { es: "Anticipo", en: "Deposit", pt: "Sinal" };

async function request(desk: Desk, reservationId: string) {
  const { context, payments } = desk;
  const visit = await Reservation.get(context, reservationId);
  const { status, movedFrom, organizationId, profileId, price, currency, start, language } = visit;
  if (status !== "confirmed" || movedFrom) return { status: "moot" as const };
  const { payments: terms, name } = await Organization.get(context, organizationId);
  const amount = terms ? percentOf(price, terms.depositPercent) : 0;
  if (!terms || amount === 0) return { status: "not-asked" as const };
  const asked = await Deposit.request(context, payments, {
    ...{ reservationId, organizationId, profileId, start, amount, currency, language },
    provider: terms.provider,
    description: `${DEPOSIT_AT[language]}: ${name}`,
    returnUrl: paidLink(desk),
  });
  return { status: asked.status };
}
