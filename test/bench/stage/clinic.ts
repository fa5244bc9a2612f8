import type { Caller } from "./caller.ts";
import { quiet } from "./quiet.ts";

/** What `/_local/demo` tells of the clinic that every fresh start opens. */
interface Demo {
  readonly profiles: readonly {
    readonly key: string;
    readonly profileId: string;
    readonly services: readonly { readonly key: string; readonly serviceId: string }[];
  }[];
}

export interface FreeSlot {
  readonly slotId: string;
  readonly serviceId: string;
  readonly startTime: string;
  readonly localStartTime: string;
}

/** The demo clinic of a stage that has made its slots. */
export interface Clinic {
  readonly profileId: (profile: string) => string;
  /** The token of a member of staff. */
  token(as: string): Promise<string>;
  /** The free slots of a service, by start: from the day on which patients may still change their mind. */
  freeSlots(profile: string, service: string): Promise<FreeSlot[]>;
  /** Returns when no workflow has anything to do at this moment. */
  quiet(): Promise<void>;
}

const DAY_MS = 86_400_000;
/** Patients may cancel until 24 hours before, in whatever zone. */
const FIRST_DAY = 3;
const LAST_DAY = 28;

const dateIn = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

export async function openClinic(caller: Caller): Promise<Clinic> {
  const { profiles } = await caller.take<Demo>("GET", "/_local/demo");
  const days = { from: dateIn(FIRST_DAY), to: dateIn(LAST_DAY) };
  const profileOf = (key: string) => profiles.find((profile) => profile.key === key)!;
  return {
    profileId: (profile) => profileOf(profile).profileId,
    token: async (as) =>
      (await caller.take<{ token: string }>("POST", "/_local/token", { body: { as } })).token,
    async freeSlots(profile, service) {
      const { profileId, services } = profileOf(profile);
      const { serviceId } = services.find(({ key }) => key === service)!;
      const query = new URLSearchParams({ ...days, serviceId, limit: "1000" });
      return (await caller.take<{ items: FreeSlot[] }>("GET", `/v1/profiles/${profileId}/slots?${query}`))
        .items;
    },
    quiet: () => quiet(caller),
  };
}

/** What somebody asks for who has a name and a phone of their own. */
export const wishOf = (person: number, { slotId, serviceId }: FreeSlot) => ({
  slotId,
  serviceId,
  patientName: `Paciente ${person}`,
  patientPhone: phoneOf(person),
  chiefComplaint: "Dolor de cabeza desde hace tres días",
});

export const phoneOf = (person: number): string => `+5255${10_000_000 + person}`;
