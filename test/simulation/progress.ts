import { progressOn } from "../bench/report/progress.ts";

const WIDTH = 30;

/** A bar at the bottom of a terminal; elsewhere a line for every tenth, so that a log shows that it goes on. */
export function barOn(stream: NodeJS.WriteStream): {
  show(share: number, what: string): void;
  clear(): void;
} {
  const progress = progressOn(stream);
  const began = performance.now();
  let tenths = -1;
  return {
    show(share, what) {
      const done = Math.round(share * WIDTH);
      const bar = "█".repeat(done) + "░".repeat(WIDTH - done);
      const seconds = (performance.now() - began) / 1000;
      const left = share > 0.02 ? `, ${Math.ceil((seconds / share) * (1 - share))} s to go` : "";
      const line = `${bar} ${String(Math.floor(share * 100)).padStart(3)} %  ${what}${left}`;
      progress.say(line);
      if (stream.isTTY || Math.floor(share * 10) === tenths) return;
      tenths = Math.floor(share * 10);
      stream.write(`${line}\n`);
    },
    clear: () => progress.clear(),
  };
}
