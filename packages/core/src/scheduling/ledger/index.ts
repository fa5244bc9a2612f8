export { occupancy, writes } from "./ledger.store.ts";
export {
  type Changes,
  changesBetween,
  GRAIN_MS,
  grainsOf,
  isFree,
  type Occupancy,
  type Occupied,
} from "./ledger.ts";
