import { type ASTNode, parse } from "@marcbachmann/cel-js";
import { solve } from "./evaluation.ts";
import { isTruthy, missing } from "./value.ts";

/** An expression that cannot be parsed, or that the service or this engine does not accept. */
export class ExpressionRefused extends Error {
  override readonly name = "ExpressionRefused";
  readonly source: string;

  constructor(source: string, reason: string) {
    super(`expression "${source}" is refused: ${reason}`);
    this.source = source;
  }
}

const roots = new Set(["event", "async"]);
const conversions = new Set(["int", "uint", "double"]);
const functions = new Set([...conversions, "string", "size", "has", "lowercase", "uppercase"]);
const methods = new Set(["startsWith", "endsWith", "contains", "matches", "size"]);
const logic = new Set([
  "==",
  "!=",
  "<",
  "<=",
  ">",
  ">=",
  "&&",
  "||",
  "!_",
  "?:",
  "in",
  "[]",
  ".",
  "id",
  "value",
  "list",
]);
const arithmetic = new Set(["+", "-", "*", "/", "%", "-_"]);

/** A wait may carry values in its expression, so there is no end of different ones. */
const mostParsed = 1000;
const parsed = new Map<string, ASTNode>();

function parseOnce(source: string): ASTNode {
  const known = parsed.get(source);
  if (known) return known;
  try {
    const { ast } = parse(source);
    if (parsed.size >= mostParsed) parsed.clear();
    parsed.set(source, ast);
    return ast;
  } catch (error) {
    throw new ExpressionRefused(source, error instanceof Error ? error.message : String(error));
  }
}

/**
 * Checks an expression before a function is accepted.
 *
 * `logic` is the policy of cancelOn: comparison and boolean logic only, since the service indexes these expressions and
 * refuses the rest at sync. `full` adds arithmetic and the string functions this engine knows.
 *
 * @throws ExpressionRefused
 */
export function checkExpression(source: string, policy: "logic" | "full"): void {
  walk(parseOnce(source), (node) => {
    const reason = refusal(node, policy);
    if (reason) throw new ExpressionRefused(source, reason);
  });
}

function refusal(node: ASTNode, policy: "logic" | "full"): string | undefined {
  if (node.op === "id")
    return roots.has(node.args) ? undefined : `"${node.args}" is not known, only event and async are`;
  if (node.op === "call") {
    const [name] = node.args;
    if (policy === "logic" && !conversions.has(name)) return `the function ${name}() is not allowed here`;
    return functions.has(name) ? undefined : `the function ${name}() is not known`;
  }
  if (node.op === "rcall") {
    const [name] = node.args;
    if (policy === "logic") return `the method ${name}() is not allowed here`;
    return methods.has(name) ? undefined : `the method ${name}() is not known`;
  }
  if (logic.has(node.op) || isNegativeNumber(node)) return undefined;
  if (policy === "full" && arithmetic.has(node.op)) return undefined;
  return `the operator ${node.op} is not allowed here`;
}

function isNegativeNumber(node: ASTNode): boolean {
  return node.op === "-_" && node.args.op === "value";
}

function walk(node: ASTNode, visit: (node: ASTNode) => void): void {
  visit(node);
  for (const child of children(node)) walk(child, visit);
}

function children(node: ASTNode): ASTNode[] {
  switch (node.op) {
    case "value":
    case "id":
      return [];
    case ".":
    case ".?":
      return [node.args[0]];
    case "call":
      return node.args[1];
    case "rcall":
      return [node.args[1], ...node.args[2]];
    case "map":
      return node.args.flat();
    case "!_":
    case "-_":
      return [node.args];
    default:
      return node.args;
  }
}

/** Value of an expression over the event that starts a run; a missing field is null. */
export function evaluate(source: string, event: unknown): unknown {
  const value = solve(parseOnce(source), { scope: { event }, eventIsKnown: false });
  return value === missing ? null : value;
}

/** Whether a trigger's `if` accepts the event. */
export function accepts(source: string, event: unknown): boolean {
  return isTruthy(solve(parseOnce(source), { scope: { event }, eventIsKnown: false }));
}

/**
 * Whether a later event matches a cancelOn or waitForEvent expression.
 *
 * The service writes the values of `event` into the expression when the run begins, a missing one as null. So a field
 * that is missing in both events matches: `async.data.x == event.data.x` becomes `async.data.x == null`.
 */
export function matchesLater(source: string, event: unknown, later: unknown): boolean {
  return isTruthy(solve(parseOnce(source), { scope: { event, async: later }, eventIsKnown: true }));
}
