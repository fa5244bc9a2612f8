/** What a check counted: so many things should be so, and these are not. */
export interface Finding {
  readonly checked: number;
  /** One line each, with ids and times. */
  readonly wrong: readonly string[];
}

export const shareRight = ({ checked, wrong }: Finding): number =>
  checked === 0 ? 1 : Math.max(0, checked - wrong.length) / checked;
