import type { ASTNode } from "@marcbachmann/cel-js";
import { calculate, compare, contains, isEqual, isTruthy, member, missing, present, size } from "./value.ts";

/** What an expression may speak of: `event` began the run, `async` came later. */
export interface Scope {
  event?: unknown;
  async?: unknown;
}

export interface Evaluation {
  scope: Scope;
  eventIsKnown: boolean;
}

/** Value of a parsed expression, by the service's rules for missing and null; see value.ts. */
export function solve(node: ASTNode, evaluation: Evaluation): unknown {
  const value = (child: ASTNode) => solve(child, evaluation);
  switch (node.op) {
    case "value":
      return literal(node.args);
    case "id":
      return evaluation.scope[node.args as keyof Scope] ?? missing;
    case ".":
      return known(node, member(value(node.args[0]), node.args[1]), evaluation);
    case "[]":
      return known(node, member(value(node.args[0]), value(node.args[1])), evaluation);
    case "list":
      return node.args.map(value);
    case "!_":
      return !isTruthy(value(node.args));
    case "-_":
      return -Number(value(node.args));
    case "&&":
      return isTruthy(value(node.args[0])) ? value(node.args[1]) : false;
    case "||": {
      const left = value(node.args[0]);
      return isTruthy(left) ? left : value(node.args[1]);
    }
    case "?:":
      return isTruthy(value(node.args[0])) ? value(node.args[1]) : value(node.args[2]);
    case "==":
      return isEqual(value(node.args[0]), value(node.args[1]));
    case "!=":
      return !isEqual(value(node.args[0]), value(node.args[1]));
    case "<":
    case "<=":
    case ">":
    case ">=":
      return compare(node.op, value(node.args[0]), value(node.args[1]));
    case "in":
      return contains(value(node.args[1]), value(node.args[0]));
    case "+":
    case "-":
    case "*":
    case "/":
    case "%":
      return calculate(node.op, value(node.args[0]), value(node.args[1]));
    case "call":
      return call(node.args[0], node.args[1].map(value));
    case "rcall":
      return callMethod(node.args[0], value(node.args[1]), node.args[2].map(value));
    default:
      throw new Error(`the operator ${node.op} is not known: ${node.input}`);
  }
}

/** JSON has one kind of number, so integers of CEL become plain numbers. */
function literal(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  return typeof value === "object" && value !== null ? Number(value) : value;
}

function known(node: ASTNode, value: unknown, evaluation: Evaluation): unknown {
  return value === missing && evaluation.eventIsKnown && rootOf(node) === "event" ? null : value;
}

function rootOf(node: ASTNode): string | undefined {
  if (node.op === "id") return node.args;
  return node.op === "." || node.op === "[]" ? rootOf(node.args[0]) : undefined;
}

function call(name: string, [argument]: unknown[]): unknown {
  switch (name) {
    case "int":
    case "uint":
      return Math.trunc(Number(present(argument)));
    case "double":
      return Number(present(argument));
    case "string":
      return String(present(argument) ?? "");
    case "size":
      return size(argument);
    case "has":
      return argument !== missing;
    case "lowercase":
      return String(present(argument) ?? "").toLowerCase();
    case "uppercase":
      return String(present(argument) ?? "").toUpperCase();
    default:
      throw new Error(`the function ${name}() is not known`);
  }
}

function callMethod(name: string, receiver: unknown, [argument]: unknown[]): unknown {
  if (name === "size") return size(receiver);
  if (typeof receiver !== "string" || typeof argument !== "string") return false;
  switch (name) {
    case "startsWith":
      return receiver.startsWith(argument);
    case "endsWith":
      return receiver.endsWith(argument);
    case "contains":
      return receiver.includes(argument);
    case "matches":
      return matchesPattern(receiver, argument);
    default:
      throw new Error(`the method ${name}() is not known`);
  }
}

function matchesPattern(text: string, pattern: string): boolean {
  try {
    return new RegExp(pattern, "u").test(text);
  } catch {
    // The pattern may come from an event; one that is no pattern matches nothing.
    return false;
  }
}
