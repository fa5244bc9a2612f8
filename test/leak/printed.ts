import { format } from "node:util";
import { afterAll, vi } from "vitest";

const methods = ["debug", "error", "info", "log", "trace", "warn"] as const;

/** Takes all that this process prints from now on, for the tests of one file. */
export function takePrinted(): string[] {
  const printed: string[] = [];
  const take = (...parts: unknown[]): void => {
    printed.push(format(...parts));
  };
  for (const method of methods) vi.spyOn(console, method).mockImplementation(take);
  afterAll(() => vi.restoreAllMocks());
  return printed;
}
