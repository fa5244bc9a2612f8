import { cost } from "./cost.ts";
import { flat } from "./flat.ts";
import { generation } from "./generation.ts";
import type { Part } from "./part.ts";

/** In the order in which they run. */
export const parts: readonly Part[] = [generation, cost, flat];
