/** A clinic in each. */
const ZONES = ["America/Mexico_City", "America/New_York", "Europe/Madrid", "America/Sao_Paulo"] as const;

export type Zone = (typeof ZONES)[number];

/** Where so many doctors work: they are dealt to the clinics one by one. */
export const zonesOf = (doctors: number): readonly Zone[] => ZONES.slice(0, doctors);

export function zoneOf(number: number, doctors: number): Zone {
  const zones = zonesOf(doctors);
  return zones[number % zones.length]!;
}
