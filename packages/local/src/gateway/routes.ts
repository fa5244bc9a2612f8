export interface Route {
  /** An HTTP method, or ANY. */
  method: string;
  /** `/v1/requests/{requestId}`, or with a greedy last segment `/files/{path+}`. */
  path: string;
  authorizer: "none" | "jwt";
  /** The name of the Lambda that answers. */
  target: string;
  /** How long it may take; that of the gateway when left out. */
  timeoutMs?: number;
}

export interface RouteMatch {
  route: Route;
  /** As API Gateway writes it into the event: `GET /v1/requests/{requestId}`. */
  routeKey: string;
  pathParameters: Record<string, string>;
}

export type Router = (method: string, path: string) => RouteMatch | undefined;

interface Segment {
  kind: "literal" | "parameter" | "greedy";
  name: string;
}

interface CompiledRoute {
  route: Route;
  segments: Segment[];
}

const RANK = { literal: 0, parameter: 1, greedy: 2 };

/**
 * Makes a router that picks the most specific route, as API Gateway does: a literal segment goes before a parameter,
 * a parameter before a greedy one, and a method before ANY. It takes the decoded path.
 *
 * @throws Error when a path is malformed, or two routes are the same.
 */
export function createRouter(routes: readonly Route[]): Router {
  const seen = new Set<string>();
  for (const route of routes) {
    const shape = `${route.method} ${route.path.replaceAll(/\{[^/]*?(\+?)\}/g, "{$1}")}`;
    if (seen.has(shape)) throw new Error(`There are two routes for ${route.method} ${route.path}`);
    seen.add(shape);
  }
  const compiled = routes.map((route) => ({ route, segments: compile(route.path) })).sort(bySpecificity);
  return (method, path) => {
    const given = split(path);
    for (const { route, segments } of compiled) {
      if (route.method !== method && route.method !== "ANY") continue;
      const pathParameters = bind(segments, given);
      if (pathParameters) return { route, routeKey: `${route.method} ${route.path}`, pathParameters };
    }
    return undefined;
  };
}

function split(path: string): string[] {
  return path.split("/").slice(1);
}

function compile(path: string): Segment[] {
  const segments = split(path).map((text): Segment => {
    const parameter = /^\{([A-Za-z0-9._-]+)(\+?)\}$/.exec(text);
    if (parameter) return { kind: parameter[2] === "+" ? "greedy" : "parameter", name: parameter[1]! };
    if (/[{}]/.test(text)) throw new Error(`A parameter must fill its whole segment: ${path}`);
    return { kind: "literal", name: text };
  });
  if (!path.startsWith("/")) throw new Error(`A path starts with a slash: ${path}`);
  const greedy = segments.findIndex((segment) => segment.kind === "greedy");
  if (greedy !== -1 && greedy !== segments.length - 1)
    throw new Error(`Only the last segment may be greedy: ${path}`);
  return segments;
}

function bySpecificity(a: CompiledRoute, b: CompiledRoute): number {
  for (const [index, segment] of a.segments.entries()) {
    const other = b.segments[index];
    if (other === undefined) return -1;
    if (RANK[segment.kind] !== RANK[other.kind]) return RANK[segment.kind] - RANK[other.kind];
  }
  if (a.segments.length !== b.segments.length) return 1;
  return Number(a.route.method === "ANY") - Number(b.route.method === "ANY");
}

function bind(segments: Segment[], given: string[]): Record<string, string> | undefined {
  const greedy = segments.at(-1)?.kind === "greedy";
  if (greedy ? given.length < segments.length : given.length !== segments.length) return undefined;
  const bound: Record<string, string> = {};
  for (const [index, { kind, name }] of segments.entries()) {
    const text = kind === "greedy" ? given.slice(index).join("/") : given[index]!;
    if (kind === "literal" ? text !== name : text === "") return undefined;
    if (kind !== "literal") bound[name] = text;
  }
  return bound;
}
