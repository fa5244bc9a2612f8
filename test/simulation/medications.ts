import type { Calendar } from "./town.ts";

/** What is prescribed, in the words of a doctor and as it is meant. */
export type Terms = { readonly frequency: string; readonly duration: string; readonly days: number } & (
  | { readonly everyHours: number; readonly from: string }
  /** Wall times, on each so many days; none for what is taken as needed. */
  | { readonly times: readonly string[]; readonly everyDays: number }
);

/** None of their doses is at 04:00 UTC, when no message goes out: what fails then is not made up for hours later. */
export const medications: Readonly<Record<Calendar["language"], readonly Terms[]>> = {
  es: [
    { frequency: "cada 6 horas desde las 07:00", duration: "3 días", days: 3, everyHours: 6, from: "07:00" },
    {
      ...{ frequency: "3 veces al día", duration: "1 semana", days: 7 },
      ...{ times: ["08:00", "14:00", "20:00"], everyDays: 1 },
    },
    { frequency: "si hace falta", duration: "10 días", days: 10, times: [], everyDays: 1 },
  ],
  en: [
    { frequency: "every 12 hours from 09:00", duration: "5 days", days: 5, everyHours: 12, from: "09:00" },
    {
      ...{ frequency: "twice daily at 07:30 and 19:30", duration: "4 days", days: 4 },
      ...{ times: ["07:30", "19:30"], everyDays: 1 },
    },
    { frequency: "every other day at 21:00", duration: "9 days", days: 9, times: ["21:00"], everyDays: 2 },
  ],
  pt: [
    {
      ...{ frequency: "a cada 12 horas a partir das 06:00", duration: "6 dias", days: 6 },
      ...{ everyHours: 12, from: "06:00" },
    },
    {
      ...{ frequency: "duas vezes por dia", duration: "por 3 dias", days: 3 },
      ...{ times: ["08:00", "20:00"], everyDays: 1 },
    },
  ],
};
