import { expect, test } from "vitest";
import { formsOf } from "./phone.ts";

test.each([
  ["Mexico", "+525587654321", "+5215587654321"],
  ["Argentina", "+5491123456789", "+541123456789"],
  ["Brazil", "+5511987654321", "+551187654321"],
])("a mobile of %s is one, in whichever of its forms", (_, usual, other) => {
  expect(formsOf(usual)).toEqual([usual, other]);
  expect(formsOf(other)).toEqual([usual, other]);
});

test.each([
  ["of other countries", "+34612345678"],
  ["of the United States", "+15215555555"],
  ["of a house in Brazil", "+551133334444"],
  ["that is too short", "+52558765432"],
])("a phone %s has one form", (_, phone) => {
  expect(formsOf(phone)).toEqual([phone]);
});
