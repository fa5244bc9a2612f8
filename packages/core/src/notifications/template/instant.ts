import {
  epochMillis,
  type Instant,
  type Language,
  type LocalDate,
  type Zone,
} from "../../platform/schemas.ts";

/** Where the reader is, or where the clinic is. */
export interface Place {
  readonly zone: Zone;
  /** Set when the reader's zone is not the clinic's: every time then names its zone. */
  readonly nameZone?: boolean;
}

type Part = "weekday" | "day" | "month" | "hour" | "minute" | "dayPeriod" | "timeZoneName";
type Parts = Record<Part, string>;

const patterns: Record<Language, (parts: Parts) => string> = {
  es: ({ weekday, day, month, hour, minute }) => `${weekday} ${day} de ${month}, ${hour}:${minute}`,
  en: ({ weekday, day, month, hour, minute, dayPeriod }) =>
    `${weekday}, ${month} ${day}, ${hour}:${minute} ${dayPeriod}`,
  pt: ({ weekday, day, month, hour, minute }) => `${weekday}, ${day} de ${month}, ${hour}:${minute}`,
};

const hours = {
  es: { hour: "2-digit", hourCycle: "h23" },
  en: { hour: "numeric", hourCycle: "h12" },
  pt: { hour: "2-digit", hourCycle: "h23" },
} as const;

/** Day and time as the wall shows them at `place`: `jueves 3 de diciembre, 09:00`. */
export function instantIn(language: Language, { zone, nameZone }: Place, instant: Instant): string {
  const format = new Intl.DateTimeFormat(language, {
    weekday: "long",
    day: "numeric",
    month: "long",
    minute: "2-digit",
    ...hours[language],
    timeZone: zone,
    timeZoneName: "short",
  });
  const found = format.formatToParts(epochMillis(instant)).map(({ type, value }) => [type, value]);
  const parts = Object.fromEntries(found) as Parts;
  const text = patterns[language](parts);
  return nameZone ? `${text} (${parts.timeZoneName})` : text;
}

/** The time of day as the wall shows it at `place`, without its day: `09:00`. */
export function clockIn(language: Language, { zone, nameZone }: Place, instant: Instant): string {
  const format = new Intl.DateTimeFormat(language, {
    minute: "2-digit",
    ...hours[language],
    timeZone: zone,
    ...(nameZone && { timeZoneName: "short" }),
  });
  return format.format(epochMillis(instant)).replace(/\s/g, " ");
}

/** A day of the calendar, the same wherever it is read: `jueves 3 de diciembre de 2026`. */
export function dateIn(language: Language, date: LocalDate): string {
  const format = new Intl.DateTimeFormat(language, { dateStyle: "full", timeZone: "UTC" });
  const text = format.format(Date.parse(date));
  return language === "es" ? text.replace(",", "") : text;
}
