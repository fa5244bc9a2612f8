const isTaken = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === "EADDRINUSE";

/** Starts on the wanted port, or on a free one when somebody is there already. */
export async function onPort<Server>(
  wanted: number,
  start: (port: number) => Promise<Server>,
): Promise<Server> {
  try {
    return await start(wanted);
  } catch (error) {
    if (wanted === 0 || !isTaken(error)) throw error;
    return start(0);
  }
}
