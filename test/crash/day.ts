import type { StageProcess } from "../stage/process.ts";
import { asking, askingAndApproving, booking, type Errand, type Promised } from "./errand.ts";

interface Demo {
  readonly profiles: readonly {
    readonly key: string;
    readonly profileId: string;
    readonly services: readonly { readonly key: string; readonly serviceId: string }[];
  }[];
}

/** Visits from Thursday, 8 March 2040, 15:00 to Friday 13:00 in Mexico City: more than 72 hours from the start. */
const WINDOW = { from: "2040-03-08T21:00:00.000Z", to: "2040-03-09T19:00:00.000Z" };

/** Everybody who wants a visit: to be approved, to be left waiting, in a group, or booked by the desk. */
export async function patientsOf(stage: StageProcess): Promise<{ errands: Errand[]; promises: Promised[] }> {
  const anybody = await stage.api();
  const demo = await stage.local<Demo>("GET /_local/demo");
  const promises: Promised[] = [];

  const somebody = (): Promised => {
    // As many digits for everyone, so that no name is a part of another's.
    const number = 100 + promises.length;
    const promised = { patientName: `Paciente ${number}`, patientPhone: `+525500000${number}` };
    promises.push(promised);
    return promised;
  };
  const slotsOf = async (profileKey: string, serviceKey: string) => {
    const { profileId, services } = demo.profiles.find(({ key }) => key === profileKey)!;
    const { serviceId } = services.find(({ key }) => key === serviceKey)!;
    return (await anybody.listSlots({ params: { profileId }, query: { ...WINDOW, serviceId } })).items;
  };

  const single = (await slotsOf("ana", "consulta")).map((slot, index) =>
    index % 3 === 0 ? asking(somebody(), slot) : askingAndApproving(somebody(), slot),
  );
  const seats = (await slotsOf("sofia", "taller")).flatMap((workshop) =>
    Array.from({ length: workshop.remaining }, () => asking(somebody(), workshop)),
  );
  const byDesk = (await slotsOf("javier", "video")).map((slot) => booking(somebody(), slot));
  return { errands: mixed(single, seats, byDesk), promises };
}

/** One of each kind in turn. */
function mixed(...kinds: readonly Errand[][]): Errand[] {
  const longest = Math.max(...kinds.map(({ length }) => length));
  return Array.from({ length: longest }, (_, index) => kinds.map((kind) => kind[index]))
    .flat()
    .filter((errand) => errand !== undefined);
}
