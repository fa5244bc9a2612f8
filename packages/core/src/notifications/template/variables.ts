import type { Instant } from "../../platform/schemas.ts";
import type { Money } from "./money.ts";

/** What a caller gives for a variable, by its kind; how each is written is decided by the reader's language. */
export interface Kinds {
  readonly text: string;
  readonly instant: Instant;
  /** Each on a line of its own. */
  readonly instants: readonly Instant[];
  readonly money: Money;
  readonly minutes: number;
}

export type Kind = keyof Kinds;

/** One of a few values, each of which a template puts in words of its own. */
export type Choice = readonly string[];

/** A kind, with `?` where the variable may be left out, or the values of a choice. */
export type Declaration = Kind | `${Kind}?` | Choice;

/** The variables of one template, by name. */
export type Variables = Readonly<Record<string, Declaration>>;

type ValueOf<D> = D extends Choice
  ? D[number]
  : D extends `${infer K extends Kind}?`
    ? Kinds[K]
    : D extends Kind
      ? Kinds[D]
      : never;

/** What a caller must give, and may give, for the variables `V`. */
export type ValuesOf<V extends Variables> = {
  readonly [Name in keyof V as V[Name] extends `${string}?` ? never : Name]: ValueOf<V[Name]>;
} & {
  readonly [Name in keyof V as V[Name] extends `${string}?` ? Name : never]?: ValueOf<V[Name]>;
};

/** Any value of any variable. */
export type Value = Kinds[Kind];
