import type { Language } from "../../platform/schemas.ts";
import type { Choice, Variables } from "./variables.ts";

/**
 * Why a message is sent. `care`: it belongs to an appointment or a treatment, and whoever books expects it. `outreach`: the
 * clinic makes itself heard, and only to those who agreed.
 */
export type Purpose = "care" | "outreach";

/**
 * When a message may arrive.
 *
 * `at-once`: whatever the hour, since it answers somebody or changes what they are about to do. `considerate`: not in the
 * person's own quiet hours. `daytime`: in the clinic's day alone, since it can wait.
 */
export type Pace = "at-once" | "considerate" | "daytime";

/** Whom a message is for, why, and when. */
export interface Manner {
  readonly to: "patient" | "staff";
  readonly purpose: Purpose;
  readonly pace: Pace;
  /** Sent only as an answer to what a person wrote: no provider has to approve its text. */
  readonly inConversation?: true;
}

/** A template in one language. A line that names a variable with nothing to say is left out. */
export interface Text {
  /** Stands on lock screens: it names nothing private. */
  readonly subject: string;
  readonly body: readonly string[];
  /** Ends the message where it can be answered by writing back: on WhatsApp and SMS. */
  readonly replies?: readonly string[];
  /** In place of body where that makes no sense any more without the lines that name something private. */
  readonly minimal?: readonly string[];
  /** What each value of a choice becomes. */
  readonly words?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** A message in every language, and the variables it is made with. */
export interface Template<V extends Variables = Variables> extends Manner {
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

type FitsMinimal<Line extends string, V> = [Exclude<NamesIn<Line>, keyof PublicOf<V>>] extends [never]
  ? Line
  : `{${Exclude<NamesIn<Line>, keyof PublicOf<V>> & string}} is private, or no variable of this template`;

type PublicOf<V> = { [Name in keyof V as V[Name] extends `private ${string}` ? never : Name]: V[Name] };

type FittingLines<Lines, V> = {
  [I in keyof Lines]: Lines[I] extends string ? Fits<Lines[I], V> : never;
};

type FittingMinimal<Lines, V> = {
  [I in keyof Lines]: Lines[I] extends string ? FitsMinimal<Lines[I], V> : never;
};

type Choices<V> = { [Name in keyof V as V[Name] extends Choice ? Name : never]: V[Name] };

type WordsFor<V> = {
  readonly [Name in keyof Choices<V>]: Readonly<Record<(Choices<V>[Name] & Choice)[number], string>>;
};

type Fitting<T extends Record<Language, Text>, V> = {
  readonly [L in Language]: {
    readonly subject: FitsMinimal<T[L]["subject"], V>;
    readonly body: FittingLines<T[L]["body"], V>;
  } & (T[L]["replies"] extends readonly string[]
    ? { readonly replies: FittingMinimal<T[L]["replies"], V> }
    : object) &
    (T[L]["minimal"] extends readonly string[]
      ? { readonly minimal: FittingMinimal<T[L]["minimal"], V> }
      : object) &
    ([keyof Choices<V>] extends [never] ? object : { readonly words: WordsFor<V> });
};

/** Declares a template. A text that names a variable it does not declare is an error of the build. */
export const template = <const V extends Variables, const T extends Record<Language, Text>>(
  manner: Manner,
  variables: V,
  texts: T & Fitting<T, V>,
): Template<V> => ({ ...manner, variables, texts });
