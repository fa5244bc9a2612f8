import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { GetItemCommand, PutItemCommand, ResourceNotFoundException } from "@aws-sdk/client-dynamodb";
import { expect, onTestFinished, test } from "vitest";
import { localClient } from "./index.ts";

const KEY = { pk: { S: "clinic" }, sk: { S: "profile" } };

/** A client, and what stands in a database's place. */
async function connect(answer: RequestListener) {
  const server = createServer(answer);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const client = localClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  onTestFinished(() => {
    client.destroy();
    server.closeAllConnections();
    server.close();
  });
  return client;
}

test.each(["before it answers", "in the middle of its answer"])(
  "what a connection broke off %s is asked again",
  async (when) => {
    let calls = 0;
    const client = await connect((request, response) => {
      calls += 1;
      if (calls > 1) return void response.end(JSON.stringify({ Item: KEY }));
      if (when.startsWith("before")) return void request.socket.destroy();
      response.writeHead(200, { "content-length": "100" });
      response.write("{", () => request.socket.destroy());
    });
    const { Item } = await client.send(new GetItemCommand({ TableName: "turno", Key: KEY }));
    expect(Item).toEqual(KEY);
    expect(calls).toBe(2);
  },
);

test("a refusal is the error that the SDK names", async () => {
  const client = await connect((_, response) => {
    const __type = "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException";
    response.writeHead(400).end(JSON.stringify({ __type, message: "no such table" }));
  });
  const put = client.send(new PutItemCommand({ TableName: "turno", Item: KEY }));
  await expect(put).rejects.toThrow(ResourceNotFoundException);
});
