import { Deposit } from "@turno/core/payments";
import { teller } from "@turno/core/testing";
import { expect, test } from "vitest";
import { aDesk, at, booked } from "../testing/index.ts";

test("whoever sees a visit sees its deposit, also after it was moved", async () => {
  const desk = await aDesk();
  const { context, practice } = desk;
  const { reservationId, link } = await booked(desk, "11:20");
  const see = async (id: string, as: string) =>
    (await desk.call("getReservation", { as, params: { reservationId: id } })).body;
  expect(await see(reservationId, link)).not.toHaveProperty("deposit");
  const { organizationId, profileId } = practice;
  await Deposit.request(context, () => teller(), {
    ...{ reservationId, organizationId, profileId, provider: "stripe", amount: 12_000, currency: "MXN" },
    start: at("11:20"),
    description: "Anticipo",
    language: "es",
    returnUrl: "https://turno.example/paid",
  });
  const open = { status: "requested", amount: 12_000, currency: "MXN", url: "https://pay.example/cs_1" };
  expect(await see(reservationId, link)).toMatchObject({ deposit: open });
  const about = { provider: "stripe", reservationId };
  const payment = { checkoutId: "cs_1", paymentId: "pi_1", amount: 12_000, currency: "MXN" };
  await Deposit.paid(context, about, { ...payment, at: context.now() });
  const body = { slotId: desk.slot("11:40") };
  const moved = await desk.call("rescheduleReservation", { as: link, params: { reservationId }, body });
  expect(await see(String(moved.body.reservationId), String(moved.body.linkToken))).toMatchObject({
    rescheduledFrom: reservationId,
    deposit: { status: "paid", amount: 12_000, currency: "MXN" },
  });
});
