import { expect, it } from "vitest";
import { signedHeaders } from "./signature.ts";

it("signs as AWS's own signer does", () => {
  const headers = signedHeaders({
    service: "ssm",
    region: "us-east-1",
    host: "ssm.us-east-1.amazonaws.com",
    target: "AmazonSSM.GetParameters",
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
