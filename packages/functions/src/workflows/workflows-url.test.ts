import { workflows } from "@turno/workflows";
import type { APIGatewayProxyEventV2, Context } from "aws-lambda";
import { describe, expect, test } from "vitest";
import { requireSignatures, workflowsUrl } from "./workflows-url.ts";

const nobody = {} as never;
const ignore = (): void => undefined;
const silent = { info: ignore, warn: ignore, error: ignore, debug: ignore };

const handler = workflowsUrl(
  workflows({
    ...{ context: nobody, channels: nobody, webUrl: "" },
    inngest: {
      isDev: false,
      signingKey: `signkey-test-${"ab".repeat(32)}`,
      eventKey: "test",
      logger: silent,
    },
  }),
);

const invoke = (event: object) => handler(event as APIGatewayProxyEventV2, {} as Context);

const call = (method: string, body = "{}") =>
  invoke({
    version: "2.0",
    rawPath: "/",
    rawQueryString: "fnId=turno-request-approval&stepId=step",
    queryStringParameters: { fnId: "turno-request-approval", stepId: "step" },
    headers: { host: "abc.lambda-url.us-east-1.on.aws", "content-type": "application/json" },
    requestContext: { http: { method, path: "/" } },
    body,
    isBase64Encoded: false,
  });

test.each(["GET", "PUT", "POST"])("an unsigned %s is refused", async (method) => {
  expect(await call(method)).toMatchObject({ statusCode: 401 });
});

test("a call that did not come over HTTP is answered with nothing", async () => {
  for (const event of [{}, { source: "aws.events" }, { requestContext: {} }]) {
    expect(await invoke(event)).toEqual({ statusCode: 204, body: "" });
  }
});

describe("a deployed function", () => {
  const deployed = { AWS_LAMBDA_FUNCTION_NAME: "turno-workflows" };

  test("does not start with INNGEST_DEV", () => {
    for (const INNGEST_DEV of ["1", "0", "http://127.0.0.1:8288"]) {
      expect(() => requireSignatures({ ...deployed, INNGEST_DEV })).toThrow("INNGEST_DEV");
    }
    expect(() => requireSignatures(deployed)).not.toThrow();
  });

  test("may be run with it on a developer's own machine", () => {
    expect(() => requireSignatures({ ...deployed, IS_LOCAL: "true", INNGEST_DEV: "1" })).not.toThrow();
    expect(() => requireSignatures({ INNGEST_DEV: "1" })).not.toThrow();
  });
});
