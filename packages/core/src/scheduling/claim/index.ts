export { type Claim, confirm, groupOwner, keyOf, occupiedInterval, type Seated, writes } from "./claim.ts";
export { extend, seated, seatToRelease, seatToTake } from "./seat.ts";
