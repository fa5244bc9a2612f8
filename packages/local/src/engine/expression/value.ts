import { isDeepStrictEqual } from "node:util";

/** A field that is not there. It is not null: two missing fields are unequal, a missing field equals null. */
export const missing = Symbol("missing");

export function member(container: unknown, key: unknown): unknown {
  if (typeof container !== "object" || container === null) return missing;
  if (typeof key !== "string" && typeof key !== "number") return missing;
  return Object.hasOwn(container, key) ? Reflect.get(container, key) : missing;
}

export function isTruthy(value: unknown): boolean {
  return value !== missing && Boolean(value);
}

export function isEqual(left: unknown, right: unknown): boolean {
  if (left === missing || right === missing) return left === null || right === null;
  return isDeepStrictEqual(left, right);
}

/** A missing field is less than everything; null counts as the zero of the other side's type. */
export function compare(op: "<" | "<=" | ">" | ">=", left: unknown, right: unknown): boolean {
  if (left === missing) return op.startsWith("<");
  if (right === missing) return op.startsWith(">");
  const a = left === null ? zeroLike(right) : left;
  const b = right === null ? zeroLike(left) : right;
  if (typeof a === "string" && typeof b === "string") return ordered(op, a, b);
  if (typeof a === "number" && typeof b === "number") return ordered(op, a, b);
  return false;
}

function zeroLike(other: unknown): string | number {
  return typeof other === "string" ? "" : 0;
}

function ordered<T extends string | number>(op: "<" | "<=" | ">" | ">=", a: T, b: T): boolean {
  if (op === "<") return a < b;
  if (op === "<=") return a <= b;
  return op === ">" ? a > b : a >= b;
}

export function contains(container: unknown, item: unknown): boolean {
  if (Array.isArray(container)) return container.some((candidate) => isEqual(candidate, item));
  return member(container, item) !== missing;
}

export function calculate(op: "+" | "-" | "*" | "/" | "%", left: unknown, right: unknown): unknown {
  if (op === "+") {
    if (left === missing) return right;
    if (right === missing) return left;
    if (typeof left === "string" || typeof right === "string") return `${left}${right}`;
  }
  const [a, b] = [Number(left === missing ? 0 : left), Number(right === missing ? 0 : right)];
  if (op === "+") return a + b;
  if (op === "-") return a - b;
  if (op === "*") return a * b;
  return op === "/" ? a / b : a % b;
}

export function present(value: unknown): unknown {
  return value === missing ? null : value;
}

export function size(value: unknown): number {
  if (typeof value === "string" || Array.isArray(value)) return value.length;
  return typeof value === "object" && value !== null ? Object.keys(value).length : 0;
}
