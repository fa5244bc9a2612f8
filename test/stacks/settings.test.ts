import { afterAll, beforeAll, expect, it } from "vitest";
import { settingsOf } from "../../infra/settings.ts";
import { discardStages, ofType, type SynthesizedStage, synthesize } from "./synth.ts";

afterAll(discardStages);

const CERTIFICATE = "arn:aws:acm:us-east-1:333333333333:certificate/11111111-1111-1111-1111-111111111111";
const ISSUER = { kind: "oidc", issuer: "https://id.clinic.example/", audience: "turno" } as const;

const prod = settingsOf("prod");
let made: SynthesizedStage;
beforeAll(async () => {
  made = await synthesize("prod", {
    ...prod,
    identity: ISSUER,
    inngest: { kind: "self-hosted", url: "https://inngest.clinic.example" },
    api: {
      ...prod.api,
      domain: {
        name: "api.clinic.example",
        certificateArn: CERTIFICATE,
        hostedZone: { id: "Z0000000000EXAMPLE", name: "clinic.example" },
      },
    },
  });
});

const variablesOf = (stack: string): Record<string, unknown>[] =>
  ofType(made.templates[stack]!, "AWS::Lambda::Function").map(
    ({ Properties }) => (Properties.Environment as { Variables: Record<string, unknown> }).Variables,
  );

it("trusts another issuer than its own, at the gateway and in the Lambdas, and makes no user pool", () => {
  const api = made.templates.Api!;
  expect(ofType(api, "AWS::Cognito::UserPool")).toEqual([]);
  expect(ofType(api, "AWS::ApiGatewayV2::Authorizer")[0]!.Properties.JwtConfiguration).toEqual({
    Audience: [ISSUER.audience],
    Issuer: ISSUER.issuer,
  });
  for (const variables of variablesOf("Api")) {
    expect(variables).toMatchObject({ ISSUER_URL: ISSUER.issuer, ISSUER_AUDIENCE: ISSUER.audience });
  }
});

it("answers at its own domain and nowhere else", () => {
  const api = made.templates.Api!;
  expect(ofType(api, "AWS::ApiGatewayV2::DomainName")[0]!.Properties).toMatchObject({
    DomainName: "api.clinic.example",
    DomainNameConfigurations: [{ CertificateArn: CERTIFICATE }],
  });
  expect(ofType(api, "AWS::ApiGatewayV2::Api")[0]!.Properties.DisableExecuteApiEndpoint).toBe(true);
  expect(ofType(api, "AWS::Route53::RecordSet")[0]!.Properties.HostedZoneId).toBe("Z0000000000EXAMPLE");
});

it("sends events to an Inngest of one's own", () => {
  for (const variables of variablesOf("Workflow")) {
    expect(variables.INNGEST_BASE_URL).toBe("https://inngest.clinic.example");
  }
});

it("leaves nothing that cdk-nag finds without a written reason in this shape either", () => {
  expect(made.findings).toEqual([]);
});
