import { expect, test } from "vitest";
import { signedHeaders } from "./signature.ts";

test("a request is signed as in AWS's own examples", () => {
  // "post-vanilla" of AWS's Signature Version 4 test suite.
  const headers = signedHeaders({
    service: "service",
    region: "us-east-1",
    host: "example.amazonaws.com",
    path: "/",
    headers: {},
    body: "",
    now: new Date("2015-08-30T12:36:00Z"),
    credentials: {
      accessKeyId: "AKIDEXAMPLE",
      secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
    },
  });
  expect(headers.authorization).toBe(
    "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, " +
      "SignedHeaders=host;x-amz-date, " +
      "Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
  );
});

test("with a role's session and headers of the service it is signed as AWS's own signer does", () => {
  const headers = signedHeaders({
    service: "ssm",
    region: "us-east-1",
    host: "ssm.us-east-1.amazonaws.com",
    path: "/",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "AmazonSSM.GetParameters",
    },
    body: '{"Names":["/turno/prod/master-key"],"WithDecryption":true}',
    now: new Date("2026-11-20T12:00:00Z"),
    credentials: {
      accessKeyId: "AKIDEXAMPLE",
      secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
      sessionToken: "session",
    },
  });
  // What @smithy/signature-v4 makes of the same request.
  expect(headers.authorization).toBe(
    "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261120/us-east-1/ssm/aws4_request, " +
      "SignedHeaders=content-type;host;x-amz-date;x-amz-security-token;x-amz-target, " +
      "Signature=8cab02fd3950c7e880ae2ae6da6d2e9af6bbb35846bf004a9b747e573b138b8e",
  );
});
