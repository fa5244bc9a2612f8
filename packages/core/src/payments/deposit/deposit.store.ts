import { type Context, idFrom, NotFound, Stale, ulidIn, type Write } from "../../platform/index.ts";
import { DepositEntity } from "./deposit.entity.ts";
import type { Deposit } from "./deposit.ts";

/** What was asked for a visit that was booked under this id; `undefined` when nothing was. */
export async function find(context: Context, reservationId: string): Promise<Deposit | undefined> {
  const { data } = await DepositEntity.get({ appointmentId: ulidIn(reservationId) }).go({
    ...context.table,
    consistent: true,
  });
  if (!data) return undefined;
  const { appointmentId, ...row } = data;
  return { ...row, reservationId: idFrom("reservation", appointmentId) } as Deposit;
}

/** The same. Throws {@link NotFound}. */
export async function get(context: Context, reservationId: string): Promise<Deposit> {
  const found = await find(context, reservationId);
  if (!found) throw new NotFound("deposit", reservationId);
  return found;
}

/** The write that opens the deposit of a visit which has none: else `refused`. */
export const insert = (deposit: Deposit, refused: Error): Write => ({
  action: "Put",
  change: DepositEntity.create(rowOf(deposit)),
  refused: () => refused,
});

/** The write that changes a deposit which stands as it was read: else {@link Stale}. The whole row, as it is small. */
export const replace = (before: Deposit, after: Deposit): Write => ({
  action: "Put",
  change: DepositEntity.put(rowOf({ ...after, version: before.version + 1 })).where(({ version }, { eq }) =>
    eq(version, before.version),
  ),
  refused: () => new Stale("deposit"),
});

function rowOf({ reservationId, ...row }: Deposit) {
  return { ...row, appointmentId: ulidIn(reservationId) };
}
