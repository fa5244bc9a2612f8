import { meter, type TestContext } from "@turno/core/testing";

/** What one call of a verb asked of the database. */
export interface Reading {
  readonly roundTrips: number;
  /** Round trips of which each had to wait for the one before: what runs side by side is one. */
  readonly waves: number;
  readonly writeUnits: number;
  readonly readUnits: number;
  readonly milliseconds: number;
}

/** Measures calls one by one. */
export interface Gauge {
  read(call: () => Promise<unknown>): Promise<Reading>;
}

/** Counts, as the database does, what `context` asks of it while a call runs. */
export function gaugeOf(context: TestContext): Gauge {
  const meant = meter(context);
  const waves = countWaves(context);
  return {
    async read(call) {
      meant.take();
      waves.take();
      const began = performance.now();
      await call();
      const milliseconds = performance.now() - began;
      return { ...meant.take(), waves: waves.take(), milliseconds };
    },
  };
}

/** The longest chain of round trips that began when another had ended. */
function countWaves(context: TestContext): { take(): number } {
  let deepest = 0;
  context.dynamo.middlewareStack.add(
    (next) => async (args) => {
      const depth = deepest + 1;
      try {
        return await next(args);
      } finally {
        deepest = Math.max(deepest, depth);
      }
    },
    { step: "initialize", name: "waves" },
  );
  return {
    take() {
      const taken = deepest;
      deepest = 0;
      return taken;
    },
  };
}
