import type { MiddlewareObj } from "@middy/core";
import type { Route } from "@turno/contract";
import type { Actor, Operation } from "@turno/core/platform";
import type {
  APIGatewayEventRequestContextV2,
  APIGatewayProxyEventV2WithRequestContext,
  APIGatewayProxyStructuredResultV2,
  Context as LambdaContext,
} from "aws-lambda";

interface RequestContext extends APIGatewayEventRequestContextV2 {
  /** There on routes where the gateway has checked the token. */
  authorizer?: { jwt: { claims: Record<string, unknown> } };
}

/** A call as it came: what a signature covers. */
export interface RawCall {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

/** What the pieces of the pipeline find out, each its own part. */
export interface Exchange {
  route: Route;
  actor: Actor;
  params: Record<string, string>;
  query: Record<string, unknown>;
  body: unknown;
  raw: RawCall | undefined;
  operation: Operation;
  /** The version that an edit was made on. */
  version: number | undefined;
}

/** A call of payload format 2.0, with what is known of it so far. */
export interface ApiEvent extends APIGatewayProxyEventV2WithRequestContext<RequestContext> {
  exchange: Partial<Exchange>;
}

export type ApiResult = APIGatewayProxyStructuredResultV2;

/** One piece of the pipeline. */
export type Piece = MiddlewareObj<ApiEvent, ApiResult>;

/** A Lambda behind the gateway. */
export type ApiHandler = (
  event: APIGatewayProxyEventV2WithRequestContext<APIGatewayEventRequestContextV2>,
  context: LambdaContext,
) => Promise<ApiResult>;

/** What an earlier piece has left. Throws when the pieces are in the wrong order. */
export function known<Part extends keyof Exchange>(event: ApiEvent, part: Part): Exchange[Part] {
  if (!(part in event.exchange)) throw new Error(`The pipeline has no ${part} yet`);
  return event.exchange[part] as Exchange[Part];
}

/** The header of this lower-case name. */
export const header = (event: ApiEvent, name: string): string | undefined => event.headers[name];
