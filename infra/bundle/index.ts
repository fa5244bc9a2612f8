import { aws } from "./aws.ts";
import { builtins } from "./builtins.ts";
import { electrodb } from "./electrodb.ts";
import { inngest } from "./inngest.ts";
import { openapi } from "./openapi.ts";
import { sources } from "./sources.ts";
import { unused } from "./unused.ts";

/**
 * How every Lambda is bundled, on top of what SST does: ES modules, minified, the source map beside the code.
 *
 * Nothing is left to the runtime, so that what was tested is what runs.
 */
export const esbuildOptions = {
  target: "node24",
  legalComments: "none" as const,
  // Names are for people who debug; stack traces have them from the source map.
  keepNames: false,
  plugins: [aws, builtins, electrodb, inngest, openapi, sources, unused],
};
