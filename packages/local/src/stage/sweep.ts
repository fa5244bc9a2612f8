/** Runs the sweep on a schedule, one at a time, until the returned function is called. */
export function sweepEvery(intervalMs: number, sweep: () => Promise<unknown>): () => Promise<void> {
  let last: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    last = last.then(sweep).catch((error: unknown) => console.error(error));
  }, intervalMs);
  return async () => {
    clearInterval(timer);
    await last;
  };
}
