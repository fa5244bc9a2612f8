/** Whether it is the turn of whoever asks. */
type Turns = () => boolean;

/** What a share lacks of a whole call because it is no binary number. */
const NEARLY = 1e-9;

/** Hits a share of the calls, from 0 to 1, as evenly as can be: one of 0.05 is every twentieth. */
function evenly(share: number): Turns {
  const hitsOf = (calls: number): number => Math.floor(calls * share + NEARLY);
  let calls = 0;
  return () => {
    calls += 1;
    return hitsOf(calls) > hitsOf(calls - 1);
  };
}

/** The turns of one share after another: whoever names the same one again goes on where it was. */
export function turnsOfShare(): { of(share: number | undefined): Turns } {
  const always: Turns = () => true;
  let known: { readonly share: number; readonly turns: Turns } | undefined;
  return {
    of(share) {
      if (share === undefined) return always;
      if (known?.share !== share) known = { share, turns: evenly(share) };
      return known.turns;
    },
  };
}
