/** What was read, or what is wrong with the text, for whoever wrote it. */
export type Reading<T> = { readonly value: T } | { readonly problem: string };

/** As it is compared: without accents, capitals, a full stop at the end, or more than one space in a row. */
export const plain = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "")
    .toLowerCase()
    .replace(/\s+/g, " ")
    .trim()
    .replace(/ ?\.$/, "");

const numbers: readonly (readonly string[])[] = [
  ["one", "un", "una", "um", "uma"],
  ["two", "dos", "dois", "duas"],
  ["three", "tres"],
  ["four", "cuatro", "quatro"],
  ["five", "cinco"],
  ["six", "seis"],
  ["seven", "siete", "sete"],
  ["eight", "ocho", "oito"],
  ["nine", "nueve", "nove"],
  ["ten", "diez", "dez"],
];

/** A whole number in digits, or up to ten in a word: the source of a group of a pattern. */
export const NUMBER = `(\\d{1,3}|${numbers.flat().join("|")})`;

export const numberIn = (text: string): number => {
  const inWords = numbers.findIndex((words) => words.includes(text));
  return inWords < 0 ? Number(text) : inWords + 1;
};
