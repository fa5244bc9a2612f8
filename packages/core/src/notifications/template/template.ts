import type { Language } from "../../platform/schemas.ts";
import type { Choice, Variables } from "./variables.ts";

/** A template in one language. A line of the body that names a variable with nothing to say is left out. */
export interface Text {
  readonly subject: string;
  readonly body: readonly string[];
  /** What each value of a choice becomes. */
  readonly words?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** A message in every language, and the variables it is made with. */
export interface Template<V extends Variables = Variables> {
  readonly variables: V;
  readonly texts: Readonly<Record<Language, Text>>;
}

/** The names between braces. */
type NamesIn<Line extends string, Names = never> = Line extends `${string}{${infer Name}}${infer Rest}`
  ? NamesIn<Rest, Names | Name>
  : Names;

type Fits<Line extends string, V> = [Exclude<NamesIn<Line>, keyof V>] extends [never]
  ? Line
  : `{${Exclude<NamesIn<Line>, keyof V> & string}} is not a variable of this template`;

type FittingLines<Lines extends readonly string[], V> = { [I in keyof Lines]: Fits<Lines[I], V> };

type Choices<V> = { [Name in keyof V as V[Name] extends Choice ? Name : never]: V[Name] };

type WordsFor<V> = {
  readonly [Name in keyof Choices<V>]: Readonly<Record<(Choices<V>[Name] & Choice)[number], string>>;
};

type Fitting<T extends Record<Language, Text>, V> = {
  readonly [L in Language]: {
    readonly subject: Fits<T[L]["subject"], V>;
    readonly body: FittingLines<T[L]["body"], V>;
  } & ([keyof Choices<V>] extends [never] ? object : { readonly words: WordsFor<V> });
};

/** Declares a template. A text that names a variable it does not declare is an error of the build. */
export const template = <const V extends Variables, const T extends Record<Language, Text>>(
  variables: V,
  texts: T & Fitting<T, V>,
): Template<V> => ({ variables, texts });
