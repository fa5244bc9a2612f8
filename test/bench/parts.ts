import { bundles } from "./bundles.ts";
import { contention } from "./contention.ts";
import { cost } from "./cost.ts";
import { flat } from "./flat.ts";
import { generation } from "./generation.ts";
import { latency } from "./latency.ts";
import { load } from "./load.ts";
import type { Part } from "./part.ts";
import { start } from "./start.ts";

/** In the order in which they run. */
export const parts: readonly Part[] = [start, load, contention, latency, generation, cost, flat, bundles];
