import { expect, test } from "vitest";
import { anOpenDay, book, doctorOf, meter, offer, slotAt, testContext } from "../../testing/index.ts";
import { Generation, Listing, Service, Slot } from "../index.ts";

// Tuesday in Mexico City, six hours behind UTC, open from 09:00 to 13:00; tests begin on Monday at 09:00.
const TUESDAY = "2026-03-03";
const at = (time: string): string => {
  const [hours, minutes] = time.split(":");
  return `2026-03-03T${Number(hours) + 6}:${minutes}:00.000Z`;
};

/** Visits of an hour, and checks of 20 minutes in the same hours. */
const given = async ({ checks = {} }: { checks?: Partial<Service.NewService> } = {}) => {
  const context = await testContext();
  const { practice, service: visit } = await anOpenDay(context, TUESDAY, { duration: 60 });
  const check = await offer(context, practice, checks);
  await Generation.generate(context, practice, { from: TUESDAY, to: TUESDAY });
  const over = async (start: string, end: string, ...services: Service.MedicalService[]) => {
    const ids = new Set(services.map(({ serviceId }) => serviceId));
    const found = await Listing.over(context, practice, { start: at(start), end: at(end) }, ids);
    return found.map((opening) => opening.start);
  };
  return { context, practice, visit, check, over };
};

test("the slots of each service that share some of the minutes are found, not those that only touch them", async () => {
  const { visit, check, over } = await given();
  expect(await over("10:00", "10:20", check)).toEqual([at("10:00")]);
  expect(await over("10:00", "10:20", visit)).toEqual([at("10:00")]);
  expect(await over("10:50", "11:10", check)).toEqual([at("10:40"), at("11:00")]);
  expect(await over("10:50", "11:10", visit, check)).toEqual([
    at("10:00"),
    at("10:40"),
    at("11:00"),
    at("11:00"),
  ]);
});

test("what is booked, closed, or has no room beside a booking is not among them", async () => {
  const { context, practice, visit, check, over } = await given();
  await book(context, practice, check, at("10:20"));
  await Slot.block(context, doctorOf(practice), Slot.slotKeyOf(slotAt(practice, check, at("10:40"))));
  expect(await over("10:00", "11:00", visit, check)).toEqual([at("10:00")]);
});

test("minutes that are kept free around a visit count as its own", async () => {
  const { over, check } = await given({ checks: { bufferBefore: 10, bufferAfter: 10 } });
  expect(await over("10:05", "10:10", check)).toEqual([at("09:40"), at("10:00")]);
  expect(await over("10:30", "10:35", check)).toEqual([at("10:20"), at("10:40")]);
});

test("a service that is not offered any more has none, and for none nothing is read", async () => {
  const { context, practice, check, over } = await given();
  await Service.edit(context, doctorOf(practice), check.serviceId, { active: false });
  expect(await over("10:00", "11:00", check)).toEqual([]);
  const used = meter(context);
  expect(await over("10:00", "11:00", check)).toEqual([]);
  expect(used.take().roundTrips).toBe(0);
});
