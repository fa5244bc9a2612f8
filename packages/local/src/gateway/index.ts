export type { JwtOptions } from "./authorizer.ts";
export type { CorsOptions } from "./cors.ts";
export { type GatewayOptions, startGateway } from "./gateway.ts";
export type { LambdaTarget } from "./invocation.ts";
export { type LambdaUrlOptions, startLambdaUrl } from "./lambda-url.ts";
export type { Route } from "./routes.ts";
