import { type GatewayRoute, gatewayRoutes, routes } from "@turno/contract";
import { expect, it } from "vitest";
import { settingsOf, type Throttles } from "../../infra/settings.ts";
import { ofType, type SynthesizedStage } from "./synth.ts";

export function apiFacts(stage: string, made: () => SynthesizedStage): void {
  const api = () => made().templates.Api!;
  const deployed = () => ofType(api(), "AWS::ApiGatewayV2::Route").map(({ Properties }) => Properties);
  const stageOf = () => ofType(api(), "AWS::ApiGatewayV2::Stage")[0]!;

  it("knows the routes of the contract, and no others", () => {
    const expected = gatewayRoutes.map(keyOf);
    expect(deployed().map(({ RouteKey }) => RouteKey)).toEqual(expected);
    expect(expected).toEqual(expect.arrayContaining(routes.map(keyOf)));
  });

  it("asks for a staff token where the contract has staff, and lets link and public through to the Lambda", () => {
    const authorization = new Map(
      deployed().map(({ RouteKey, AuthorizationType }) => [RouteKey, AuthorizationType]),
    );
    for (const route of routes) {
      expect([keyOf(route), authorization.get(keyOf(route))]).toEqual([
        keyOf(route),
        route.access.kind === "staff" ? "JWT" : "NONE",
      ]);
    }
  });

  it("trusts the tokens of its own user pool", () => {
    const [authorizer] = ofType(api(), "AWS::ApiGatewayV2::Authorizer");
    expect(authorizer!.Properties).toMatchObject({
      AuthorizerType: "JWT",
      IdentitySource: ["$request.header.Authorization"],
      JwtConfiguration: {
        Audience: [{ Ref: expect.stringMatching(/^StaffWeb/) }],
        Issuer: {
          "Fn::Join": [
            "",
            ["https://cognito-idp.us-east-1.amazonaws.com/", { Ref: expect.stringMatching(/^Staff/) }],
          ],
        },
      },
    });
  });

  it("invites staff and asks them for a second factor where there are patients", () => {
    const [pool] = ofType(api(), "AWS::Cognito::UserPool");
    expect(pool!.Properties).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      MfaConfiguration: stage === "dev" ? "OPTIONAL" : "ON",
      DeletionProtection: stage === "dev" ? "INACTIVE" : "ACTIVE",
    });
  });

  it("throttles every route by who can call it", () => {
    const { throttles } = settingsOf(stage).api;
    const routeSettings = stageOf().Properties.RouteSettings as Record<string, object>;
    expect(Object.keys(routeSettings).sort()).toEqual(gatewayRoutes.map(keyOf).sort());
    for (const [key, name] of Object.entries(classes)) {
      const { rate, burst } = throttles[name];
      expect(routeSettings[key]).toMatchObject({ ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst });
    }
  });

  it("sets a route's throttle after the route is there", () => {
    expect(stageOf().DependsOn).toHaveLength(gatewayRoutes.length);
  });

  it("answers the pages of the stage and no others", () => {
    expect(ofType(api(), "AWS::ApiGatewayV2::Api")[0]!.Properties.CorsConfiguration).toMatchObject({
      AllowOrigins: settingsOf(stage).api.origins,
      AllowHeaders: ["authorization", "content-type", "idempotency-key", "if-match"],
      ExposeHeaders: ["etag", "retry-after"],
    });
  });

  it("logs each call, without what was said", () => {
    const { Format } = stageOf().Properties.AccessLogSettings as { Format: string };
    expect(Object.keys(JSON.parse(Format) as object)).toEqual(
      expect.arrayContaining(["requestId", "route", "status", "responseMs"]),
    );
    expect(Format).not.toMatch(/\$context\.path\b|querystring|body|claims/i);
  });

  it("lets the gateway call each Lambda once, by one permission", () => {
    const permissions = ofType(api(), "AWS::Lambda::Permission");
    const lambdas = ofType(api(), "AWS::Lambda::Function");
    expect(permissions).toHaveLength(lambdas.length);
    for (const { Properties } of permissions) {
      expect(Properties).toMatchObject({
        Principal: "apigateway.amazonaws.com",
        SourceArn: expect.anything(),
      });
    }
  });
}

const keyOf = ({ method, path }: Pick<GatewayRoute, "method" | "path">): string => `${method} ${path}`;

/** One route of each class. */
const classes: Record<string, keyof Throttles> = {
  "GET /v1/profiles/{profileId}/slots": "browse",
  "POST /v1/requests": "book",
  "POST /v1/webhooks/{provider}": "webhook",
  "GET /v1/profiles/{profileId}/requests": "staff",
};
