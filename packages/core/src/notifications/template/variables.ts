import type { Instant, LocalDate } from "../../platform/schemas.ts";
import type { Money } from "./money.ts";

/** Something at a time: a visit in an agenda, or in a list to choose from. */
export interface Occurrence {
  readonly at: Instant;
  /** Who or what; a minimal message leaves it out and tells the time alone. */
  readonly text: string;
}

/** What a caller gives for a variable, by its kind; how each is written is decided by the reader's language. */
export interface Kinds {
  readonly text: string;
  /** A web address: a button in an e-mail, not read out loud. */
  readonly link: string;
  /** Street and number: not read out loud. */
  readonly address: string;
  readonly instant: Instant;
  readonly date: LocalDate;
  readonly money: Money;
  readonly minutes: number;
  /** Of so many minutes, in days, hours and minutes. */
  readonly duration: number;
  readonly count: number;
  /** 0.85 is 85 %. */
  readonly percent: number;
  /** The lists: each item stands on a line of its own. */
  readonly lines: readonly string[];
  readonly instants: readonly Instant[];
  /** To choose from by its number. */
  readonly numberedInstants: readonly Instant[];
  /** Of one day that the message names: with the time of day alone. */
  readonly agenda: readonly Occurrence[];
  /** To choose from by its number, with day and time. */
  readonly numberedOccurrences: readonly Occurrence[];
}

export type Kind = keyof Kinds;

/** One of a few values, each of which a template puts in words of its own. */
export type Choice = readonly string[];

type Told = Kind | `${Kind}?`;

/**
 * A kind, with `?` where the variable may be left out, or the values of a choice. What is `private` tells what somebody is
 * treated for, by whom or with what: it stays out of minimal messages.
 */
export type Declaration = Told | `private ${Told}` | Choice;

/** The variables of one template, by name. */
export type Variables = Readonly<Record<string, Declaration>>;

type KindOf<D> = D extends `private ${infer Rest}` ? KindOf<Rest> : D extends `${infer K}?` ? K : D;

type ValueOf<D> = D extends Choice ? D[number] : KindOf<D> extends infer K extends Kind ? Kinds[K] : never;

/** What a caller must give, and may give, for the variables `V`. */
export type ValuesOf<V extends Variables> = {
  readonly [Name in keyof V as V[Name] extends `${string}?` ? never : Name]: ValueOf<V[Name]>;
} & {
  readonly [Name in keyof V as V[Name] extends `${string}?` ? Name : never]?: ValueOf<V[Name]>;
};

/** Any value of any variable. */
export type Value = Kinds[Kind];

/** What a declaration says, taken apart. */
export interface Declared {
  readonly kind: Kind | "choice";
  readonly isPrivate: boolean;
  readonly isOptional: boolean;
}

export function declared(declaration: Declaration): Declared {
  if (typeof declaration === "object") return { kind: "choice", isPrivate: false, isOptional: false };
  return {
    kind: declaration.replace("private ", "").replace("?", "") as Kind,
    isPrivate: declaration.startsWith("private "),
    isOptional: declaration.endsWith("?"),
  };
}
