import { execFileSync } from "node:child_process";

export interface RunningProcess {
  readonly pid: number;
  readonly parent: number;
  /** What it holds of the machine's memory; pages that processes share count for each of them. */
  readonly residentBytes: number;
  readonly command: string;
}

/** A process and everything below it, as `ps` shows them at this moment. */
export function treeOf(pid: number): RunningProcess[] {
  const byParent = Map.groupBy(all(), ({ parent }) => parent);
  const below = (parent: number): RunningProcess[] =>
    (byParent.get(parent) ?? []).flatMap((child) => [child, ...below(child.pid)]);
  const first = [...byParent.values()].flat().find((candidate) => candidate.pid === pid);
  return first ? [first, ...below(pid)] : [];
}

function all(): RunningProcess[] {
  const text = execFileSync("ps", ["-A", "-o", "pid=,ppid=,rss=,args="], { encoding: "utf8" });
  return text
    .split("\n")
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .filter((match) => match !== null)
    .map(([, pid, parent, kilobytes, command]) => ({
      pid: Number(pid),
      parent: Number(parent),
      residentBytes: Number(kilobytes) * 1024,
      command: command!,
    }));
}
