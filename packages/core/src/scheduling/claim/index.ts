export { type Claim, confirm, groupOwner, keyOf, occupiedInterval, type Seated, writes } from "./claim.ts";
export { seated, seatToRelease, seatToTake } from "./seat.ts";
