import { spawn } from "node:child_process";

/** Waits for its input to end, which happens when this process ends in whatever way, then kills the group. */
const SCRIPT = 'read -r word; [ "$word" = done ] || kill -s KILL -- "-$1"';

/**
 * Ends the process group led by `leaderPid` when this process ends, even by kill -9.
 *
 * The watcher runs in a session of its own: Ctrl-C in a terminal must not end it before it is needed.
 *
 * @returns a function that calls the watcher off.
 */
export function endWithThisProcess(leaderPid: number): () => void {
  const watcher = spawn("sh", ["-c", SCRIPT, "sh", String(leaderPid)], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  watcher.unref();
  watcher.on("error", (error) => console.error(`The database may outlive this process: ${error.message}`));
  // The watcher may be gone already when it is called off.
  watcher.stdin.on("error", () => watcher.kill());
  return () => watcher.stdin.end("done\n");
}
