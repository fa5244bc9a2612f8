import { describe, expect, test } from "vitest";
import { type Frequency, frequencyIn } from "./frequency.ts";

const every = (hours: number, from?: string): Frequency => ({
  kind: "interval",
  hours,
  ...(from && { from: minuteOf(from) }),
});
const at = (times: string, everyDays = 1): Frequency => ({
  kind: "times",
  everyDays,
  minutes: times.split(" ").map(minuteOf),
});
const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

describe("understood are", () => {
  test.each<[string, Frequency]>([
    ["every 8 hours", every(8)],
    ["Every  8 hrs.", every(8)],
    ["every 12h", every(12)],
    ["q8h", every(8)],
    ["q 6 h", every(6)],
    ["every hour", every(1)],
    ["every 72 hours", every(72)],
    ["every eight hours", every(8)],
    ["every 8 hours from 06:00", every(8, "06:00")],
    ["q12h at 9:30", every(12, "09:30")],
    ["cada 8 horas", every(8)],
    ["Cada ocho horas", every(8)],
    ["c/8h", every(8)],
    ["c/ 12 hrs", every(12)],
    ["cada hora", every(1)],
    ["cada 6 horas desde las 07:00", every(6, "07:00")],
    ["a cada 8 horas", every(8)],
    ["de 8 em 8 horas", every(8)],
    ["8/8h", every(8)],
    ["a cada 12 horas a partir das 06:00", every(12, "06:00")],
  ])("%s, as hours apart", (text, frequency) => {
    expect(frequencyIn(text)).toEqual({ value: frequency });
  });

  test.each<[string, Frequency]>([
    ["once a day", at("08:00")],
    ["once daily", at("08:00")],
    ["daily", at("08:00")],
    ["twice daily", at("08:00 20:00")],
    ["twice a day", at("08:00 20:00")],
    ["3 times a day", at("08:00 14:00 20:00")],
    ["three times per day", at("08:00 14:00 20:00")],
    ["3x/day", at("08:00 14:00 20:00")],
    ["4 x day", at("08:00 12:00 16:00 20:00")],
    ["5 times a day", at("08:00 11:00 14:00 17:00 20:00")],
    ["una vez al día", at("08:00")],
    ["3 veces al día", at("08:00 14:00 20:00")],
    ["dos veces por día", at("08:00 20:00")],
    ["todos los días", at("08:00")],
    ["1 vez ao dia", at("08:00")],
    ["3 vezes ao dia", at("08:00 14:00 20:00")],
    ["duas vezes por dia", at("08:00 20:00")],
    ["3x ao dia", at("08:00 14:00 20:00")],
    ["08:00, 14:00, 20:00", at("08:00 14:00 20:00")],
    ["20:00; 8:00", at("08:00 20:00")],
    ["at 08:00 and 20:00", at("08:00 20:00")],
    ["at 08:00, 14:00, and at 20:00", at("08:00 14:00 20:00")],
    ["a las 08:00 y 20:00", at("08:00 20:00")],
    ["a las 08:00 y a las 20:00 hs", at("08:00 20:00")],
    ["às 08:00 e 20:00", at("08:00 20:00")],
    ["às 08:00 e às 20:00", at("08:00 20:00")],
    ["twice daily at 07:30 and 19:30", at("07:30 19:30")],
    ["una vez al día a las 21:00", at("21:00")],
    ["2 vezes ao dia, às 06:00 e 18:00", at("06:00 18:00")],
  ])("%s, as times of the wall clock", (text, frequency) => {
    expect(frequencyIn(text)).toEqual({ value: frequency });
  });

  test.each<[string, Frequency]>([
    ["every 2 days", at("08:00", 2)],
    ["every other day at 21:00", at("21:00", 2)],
    ["cada 3 días", at("08:00", 3)],
    ["a cada 2 dias às 07:00", at("07:00", 2)],
    ["once a week", at("08:00", 7)],
    ["weekly", at("08:00", 7)],
    ["once a week at 09:00", at("09:00", 7)],
    ["una vez a la semana", at("08:00", 7)],
    ["uma vez por semana", at("08:00", 7)],
    ["every 4 weeks", at("08:00", 28)],
    ["cada 12 semanas", at("08:00", 84)],
  ])("%s, as days apart", (text, frequency) => {
    expect(frequencyIn(text)).toEqual({ value: frequency });
  });

  test.each(["as needed", "PRN", "si hace falta", "Según necesidad", "se necessário"])(
    "%s, as no times",
    (text) => {
      expect(frequencyIn(text)).toEqual({ value: { kind: "as-needed" } });
    },
  );
});

describe("what is not understood says what would be", () => {
  test.each([
    "",
    "sometimes",
    "every 6-8 hours",
    "every 8",
    "3 times a week",
    "3 a day",
    "at 8",
    "at 8:00 pm",
    "at 25:00",
    "at 08:60",
    "08:00 20:00",
    "every 8 minutes",
    "de 8 em 6 horas",
    "every 1.5 hours",
    "twice a day with food",
  ])("%s", (text) => {
    expect(frequencyIn(text)).toEqual({ problem: expect.stringMatching(/not understood.+"every 8 hours"/) });
  });

  test.each([
    ["every 0 hours", "takes from 1 to 168 hours."],
    ["every 200 hours", "takes from 1 to 168 hours."],
    ["13 times a day", "takes from 1 to 12 times a day."],
    ["every 100 days", "takes from 1 to 91 days."],
    ["every 14 weeks", "takes from 1 to 91 days."],
    ["at 08:00 and 8:00", "names the same time twice."],
    ["3 times a day at 08:00 and 20:00", "says 3 a day and names 2: write as many times as there are doses."],
    ["every 8 hours at 08:00 and 16:00", "takes one time beside a number of hours: that of the first dose."],
  ])("%s %s", (text, problem) => {
    expect(frequencyIn(text)).toEqual({ problem });
  });
});
