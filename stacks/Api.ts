import { type ContextName, contexts, type GatewayRoute, gatewayRoutes } from "@turno/contract";
import { RemovalPolicy } from "aws-cdk-lib";
import {
  type CfnRoute,
  type CfnStage,
  type HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
} from "aws-cdk-lib/aws-apigatewayv2";
import { HttpJwtAuthorizer } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import { AccountRecovery, Mfa, UserPool } from "aws-cdk-lib/aws-cognito";
import { HostedZone } from "aws-cdk-lib/aws-route53";
import { Api as SstApi, type StackContext, use } from "sst/constructs";
import { accessLogFormat } from "../infra/access-log.ts";
import { grantItems, grantSecrets } from "../infra/grants.ts";
import { type Lambda, lambda, logGroupOf } from "../infra/lambda.ts";
import { type SecretName, secretVariables, webhookSecrets } from "../infra/secrets.ts";
import { type Domain, isProtected, settingsIn, type Throttles } from "../infra/settings.ts";
import { withoutHelper } from "../infra/sst.ts";
import { stageVariables } from "../infra/stage-variables.ts";
import { Database } from "./Database.ts";

/** The HTTP API: one Lambda for each context, and of every route of the contract one that the gateway knows. */
export function Api(context: StackContext) {
  const { app, stack } = context;
  const { key } = use(Database);
  const settings = settingsIn(app);
  const issuer = issuerOf(context);
  const lambdas = Object.fromEntries(
    contexts.map((name) => [name, lambdaOf(context, name, issuer)]),
  ) as Record<ContextName, Lambda>;

  const accessLog = logGroupOf(
    stack,
    "AccessLog",
    `/aws/vendedlogs/apis/${app.logicalPrefixedName("api")}`,
    key,
  );
  const { domain, origins } = settings.api;
  const api = new SstApi(stack, "Api", {
    cors: {
      allowOrigins: [...origins],
      allowMethods: ["GET", "POST", "PATCH", "DELETE"],
      allowHeaders: ["authorization", "content-type", "idempotency-key", "if-match"],
      exposeHeaders: ["etag", "retry-after"],
      maxAge: "1 hour",
    },
    accessLog: { destinationArn: accessLog.logGroupArn, format: accessLogFormat },
    ...(domain && { customDomain: customDomain(context, domain) }),
    cdk: { httpApi: { disableExecuteApiEndpoint: domain !== undefined } },
  });
  addRoutes(api.cdk.httpApi as HttpApi, lambdas, issuer, settings.api.throttles);

  const url = api.customDomainUrl ?? api.url;
  stack.addOutputs({
    ApiUrl: url,
    IssuerUrl: issuer.url,
    Audience: issuer.audience,
  });
  withoutHelper(stack);
  return { url, apiId: api.httpApiId, functionNames: contexts.map((name) => lambdas[name].name) };
}

interface Issuer {
  readonly url: string;
  readonly audience: string;
}

function lambdaOf({ app, stack }: StackContext, name: ContextName, issuer: Issuer): Lambda {
  const { key, resource } = use(Database);
  const { webhooks, messages } = settingsIn(app);
  const { providers, sesTopics } = webhooks;
  const hears = name === "webhooks";
  const pushes = name === "notifications" && messages.providers.includes("web-push");
  const secrets: SecretName[] = [
    "master-key",
    ...(pushes ? (["vapid-public-key"] as const) : []),
    ...(hears ? providers.flatMap((provider) => webhookSecrets[provider]) : []),
  ];
  const made = lambda(stack, `${name}-api`, {
    entry: `${name}.handler`,
    description: `Answers the routes of ${name}`,
    // A call of Meta's may have a thousand parts, and the gateway waits for 30 seconds.
    timeoutSeconds: hears ? 29 : 15,
    logKey: key,
    environment: {
      ...stageVariables(app, use(Database).tableName),
      ...secretVariables(app.stage, secrets),
      ISSUER_URL: issuer.url,
      ISSUER_AUDIENCE: issuer.audience,
      ...(hears && sesTopics.length > 0 && { SES_TOPIC_ARNS: sesTopics.join(",") }),
    },
  });
  grantItems(made.fn, resource);
  grantSecrets(made.fn, stack, secrets);
  return made;
}

/**
 * Routes by the contract, so that the gateway refuses what the contract does not know.
 *
 * CDK's own routes, one permission for each Lambda: SST writes one for each route, and fifty fill a Lambda's policy.
 */
function addRoutes(
  httpApi: HttpApi,
  lambdas: Record<ContextName, Lambda>,
  issuer: Issuer,
  throttles: Throttles,
): void {
  const authorizer = new HttpJwtAuthorizer("staff", issuer.url, { jwtAudience: [issuer.audience] });
  const integrations = new Map(
    contexts.map((name) => [
      name,
      new HttpLambdaIntegration(name, lambdas[name].fn, { scopePermissionToRoute: false }),
    ]),
  );
  const stage = httpApi.defaultStage!.node.defaultChild as CfnStage;
  stage.addPropertyOverride("DefaultRouteSettings.DetailedMetricsEnabled", true);
  for (const route of gatewayRoutes) {
    const [made] = httpApi.addRoutes({
      path: route.path,
      methods: [HttpMethod[route.method]],
      integration: integrations.get(route.context)!,
      authorizer: route.authorizer === "jwt" ? authorizer : new HttpNoneAuthorizer(),
    });
    // The stage names the route, which has to be there before it.
    stage.addDependency(made!.node.defaultChild as CfnRoute);
    const { rate, burst } = throttles[classOf(route)];
    stage.addPropertyOverride(`RouteSettings.${routeKeyIn(route)}`, {
      DetailedMetricsEnabled: true,
      ThrottlingRateLimit: rate,
      ThrottlingBurstLimit: burst,
    });
  }
}

/** A dot would start a deeper property. */
const routeKeyIn = ({ method, path }: GatewayRoute): string => `${method} ${path}`.replaceAll(".", "\\.");

function classOf({ method, authorizer, context }: GatewayRoute): keyof Throttles {
  if (authorizer === "jwt") return "staff";
  if (context === "webhooks") return "webhook";
  return method === "GET" ? "browse" : "book";
}

/** The user pool of the stage, unless the settings name an issuer. */
function issuerOf({ app, stack }: StackContext): Issuer {
  const settings = settingsIn(app);
  if (settings.identity.kind === "oidc") {
    return { url: settings.identity.issuer, audience: settings.identity.audience };
  }
  const pool = new UserPool(stack, "Staff", {
    userPoolName: app.logicalPrefixedName("staff"),
    // A clinic's admin invites; nobody lets themselves in.
    selfSignUpEnabled: false,
    signInAliases: { email: true },
    signInCaseSensitive: false,
    mfa: isProtected(settings) ? Mfa.REQUIRED : Mfa.OPTIONAL,
    mfaSecondFactor: { sms: false, otp: true },
    passwordPolicy: {
      minLength: 12,
      requireDigits: true,
      requireLowercase: true,
      requireUppercase: true,
      requireSymbols: true,
    },
    accountRecovery: AccountRecovery.EMAIL_ONLY,
    deletionProtection: isProtected(settings),
    removalPolicy: isProtected(settings) ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
  const client = pool.addClient("Web", {
    authFlows: { userSrp: true },
    disableOAuth: true,
    preventUserExistenceErrors: true,
  });
  return {
    url: `https://cognito-idp.${stack.region}.amazonaws.com/${pool.userPoolId}`,
    audience: client.userPoolClientId,
  };
}

/** A domain by what is known of it, so that nothing has to be looked up when the stack is made. */
const customDomain = ({ stack }: StackContext, { name, certificateArn, hostedZone }: Domain) => ({
  domainName: name,
  cdk: {
    certificate: Certificate.fromCertificateArn(stack, "Certificate", certificateArn),
    hostedZone: HostedZone.fromHostedZoneAttributes(stack, "Zone", {
      hostedZoneId: hostedZone.id,
      zoneName: hostedZone.name,
    }),
  },
});
