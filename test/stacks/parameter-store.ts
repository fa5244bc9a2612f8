import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** Parameter Store with these values by name, as far as a starting Lambda asks it. */
export async function parameterStore(
  stored: Readonly<Record<string, string>>,
): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer(async (request, response) => {
    const { Names } = JSON.parse(await text(request)) as { Names: string[] };
    const found = Names.filter((name) => name in stored);
    response.end(JSON.stringify({ Parameters: found.map((Name) => ({ Name, Value: stored[Name] })) }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
