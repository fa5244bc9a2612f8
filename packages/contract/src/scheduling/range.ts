const DAY_MS = 86_400_000;

/** Whether `to` does not come before `from`, nor more than so many days after it. Each is a date or an instant. */
export const isRange =
  ({ days }: { days: number }) =>
  ({ from, to }: { from: string; to: string }): boolean => {
    const length = Date.parse(to) - Date.parse(from);
    return length >= 0 && length <= days * DAY_MS;
  };
