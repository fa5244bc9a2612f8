import { expect, test } from "vitest";
import { MalformedResult, readResult } from "./result.ts";

test("a structured result gives status, headers, cookies and body", () => {
  expect(
    readResult({
      statusCode: 201,
      headers: { "Content-Type": "application/json", "X-Count": 3, ETag: '"1"' },
      cookies: ["a=1; HttpOnly", "b=2"],
      body: '{"id":1}',
    }),
  ).toEqual({
    statusCode: 201,
    headers: {
      "content-type": "application/json",
      "x-count": "3",
      etag: '"1"',
      "set-cookie": ["a=1; HttpOnly", "b=2"],
    },
    body: Buffer.from('{"id":1}'),
  });
});

test("a base64 body is sent as its bytes", () => {
  const { body } = readResult({ statusCode: 200, body: "/wA=", isBase64Encoded: true });
  expect(body).toEqual(Buffer.from([255, 0]));
});

test("a body without a type is plain text, and no body has no type", () => {
  expect(readResult({ statusCode: 200, body: "hi" }).headers["content-type"]).toBe(
    "text/plain; charset=utf-8",
  );
  expect(readResult({ statusCode: 204 })).toEqual({ statusCode: 204, headers: {}, body: Buffer.alloc(0) });
});

test.each([
  [{ slots: [] }, '{"slots":[]}'],
  [["a"], '["a"]'],
  ["Hello from Lambda!", "Hello from Lambda!"],
])("without a status code, %j is the body of a 200", (returned, body) => {
  expect(readResult(returned)).toEqual({
    statusCode: 200,
    headers: { "content-type": "application/json" },
    body: Buffer.from(body),
  });
});

const circular: { self?: object } = {};
circular.self = circular;

test.each([
  ["nothing", undefined],
  ["a status that is none", { statusCode: "soon" }],
  ["an interim status", { statusCode: 100 }],
  ["a body that is no string", { statusCode: 200, body: { id: 1 } }],
  ["headers that are a list", { statusCode: 200, headers: ["a"] }],
  ["a header that is an object", { statusCode: 200, headers: { a: {} } }],
  ["a header with a line break", { statusCode: 200, headers: { a: "b\r\nc: d" } }],
  ["a header name with a space", { statusCode: 200, headers: { "a b": "c" } }],
  ["cookies that are no list", { statusCode: 200, cookies: "a=1" }],
  ["what is not JSON", circular],
  ["a bigint", { statusCode: 200, body: 1n }],
  ["more than 6 MB", { statusCode: 200, body: "x".repeat(6_300_000) }],
])("%s is malformed", (_what, returned) => {
  expect(() => readResult(returned)).toThrow(MalformedResult);
});
