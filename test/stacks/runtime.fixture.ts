import { pathToFileURL } from "node:url";

/** Takes the place of Lambda's runtime: loads one handler and calls it with the events that its parent sends. */
type Handler = (event: unknown, context: object) => Promise<unknown>;

const [file, name] = process.argv.slice(2) as [string, string];
const before = process.cpuUsage();
const loaded = (await import(pathToFileURL(file).href)) as Record<string, Handler>;
const { user, system } = process.cpuUsage(before);
const importMs = (user + system) / 1000;

process.on("message", async ({ events }: { events: unknown[] }) => {
  const answers: unknown[] = [];
  for (const event of events) {
    answers.push(
      await loaded[name]!(event, { awsRequestId: "test", getRemainingTimeInMillis: () => 30_000 }),
    );
  }
  process.send!({ importMs, answers }, () => process.disconnect());
});
