import { routes } from "@turno/contract";
import { beforeAll, expect, test } from "vitest";
import { aDesk, type Desk } from "../testing/index.ts";

let desk: Desk;

beforeAll(async () => {
  desk = await aDesk();
});

test("the API says that it is well, and what time it believes it is", async () => {
  expect((await desk.call("getHealth")).body).toEqual({
    status: "ok",
    stage: "test",
    version: "1.2.3",
    now: desk.context.now(),
  });
});

test("the document has every route", async () => {
  const { body } = await desk.call("getOpenApi");
  const paths = body.paths as Record<string, Record<string, { operationId: string }>>;
  const ids = Object.values(paths).flatMap((operations) =>
    Object.values(operations).map(({ operationId }) => operationId),
  );
  expect(body.openapi).toBe("3.1.0");
  expect(ids.sort()).toEqual(routes.map(({ id }) => id).sort());
});

test("the page is HTML that fetches nothing", async () => {
  const { status, headers, text } = await desk.call("getDocs");
  expect([status, headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"]);
  expect(text).not.toMatch(/<script|<link rel="stylesheet"|src=|@import|url\(/);
});
