import { expect, test } from "vitest";
import { type Duration, durationIn } from "./duration.ts";

test.each<[string, Duration]>([
  ["7 days", { days: 7 }],
  ["1 day", { days: 1 }],
  ["for ten days", { days: 10 }],
  ["2 weeks", { days: 14 }],
  ["1 month", { months: 1 }],
  ["10 días", { days: 10 }],
  ["durante 10 dias", { days: 10 }],
  ["una semana", { days: 7 }],
  ["1 mes", { months: 1 }],
  ["3 meses", { months: 3 }],
  ["por 7 dias", { days: 7 }],
  ["2 semanas", { days: 14 }],
  ["1 mês", { months: 1 }],
  ["un año", { months: 12 }],
  ["365 days", { days: 365 }],
  ["12 months", { months: 12 }],
  ["ongoing", { months: 12 }],
  ["indefinido", { months: 12 }],
  ["Uso contínuo", { months: 12 }],
])("%s is understood", (text, duration) => {
  expect(durationIn(text)).toEqual({ value: duration });
});

test.each(["", "a while", "7", "7-10 days", "until it is better", "1.5 months", "forever"])(
  "%s is not, and the answer says what would be",
  (text) => {
    expect(durationIn(text)).toEqual({ problem: expect.stringMatching(/not understood.+"7 days"/) });
  },
);

test.each(["0 days", "366 days", "53 weeks", "13 meses", "2 años"])("%s cannot be", (text) => {
  expect(durationIn(text)).toEqual({
    problem: 'is at least a day and at most a year; what goes on is "ongoing".',
  });
});
