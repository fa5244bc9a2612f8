export { accept, appointmentFrom } from "./accept.ts";
export { decline, lapse, leave, withdraw } from "./end.ts";
export { join } from "./join.ts";
export { list, view } from "./list.ts";
export { offerNext } from "./offer.ts";
export { lapseOverdue } from "./overdue.ts";
export { get } from "./waitlist.store.ts";
export {
  type Entry,
  EntrySummary,
  EntryView,
  liveOffer,
  NewEntry,
  type Offer,
  OfferEnded,
  OfferId,
  offerIdOf,
  offerKeyOf,
  statusAt,
  viewOf,
} from "./waitlist.ts";
