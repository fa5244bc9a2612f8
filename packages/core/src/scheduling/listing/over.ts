import { type Context, type Interval, minus, overlap, type Practice, plus } from "../../platform/index.ts";
import * as Service from "../service/index.ts";
import type * as Slot from "../slot/index.ts";
import { occupiedAs } from "./bookable.ts";
import { freeIn } from "./free.ts";

/** A slot that can really be booked, and all the time that a booking of it would occupy. */
export interface Opening extends Slot.SlotKey {
  readonly service: Service.MedicalService;
  readonly occupies: Interval;
}

/** What can really be booked of these services and would occupy some of the minutes, by start. */
export async function over(
  context: Context,
  practice: Practice,
  minutes: Interval,
  serviceIds: ReadonlySet<string>,
): Promise<Opening[]> {
  const active = await Service.active(context, practice.profileId);
  const wanted = new Map(
    active
      .filter(({ serviceId }) => serviceIds.has(serviceId))
      .map((service) => [service.serviceId, service]),
  );
  if (wanted.size === 0) return [];
  const services = [...wanted.values()];
  const before = Math.max(...services.map(({ duration, bufferAfter }) => duration + bufferAfter));
  const after = Math.max(...services.map(({ bufferBefore }) => bufferBefore));
  const range = {
    start: minus(minutes.start, { minutes: before }),
    end: plus(minutes.end, { minutes: after }),
  };
  const free = await freeIn(context, practice, range, (serviceId) => wanted.has(serviceId));
  return free
    .map((slot) => {
      const { profileId, serviceId, start } = slot;
      const service = wanted.get(serviceId)!;
      return { profileId, serviceId, start, service, occupies: occupiedAs(slot, service) };
    })
    .filter(({ occupies }) => overlap(occupies, minutes));
}
