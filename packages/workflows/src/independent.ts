import { StepError } from "inngest";

/**
 * Parts of a run that do not need each other: one that fails for good is set aside, so that a message which cannot be
 * sent costs neither the next one nor the count, and one clinic's trouble is not another's.
 */
export class Independent {
  readonly #failures: StepError[] = [];

  /** The outcome of a step, or of several in a row; `undefined` when one failed for good. */
  async outcomeOf<T>(part: Promise<T>): Promise<T | undefined> {
    try {
      return await part;
    } catch (error) {
      if (!(error instanceof StepError)) throw error;
      this.#failures.push(error);
      return undefined;
    }
  }

  /** Fails the run, which then stays to be seen and retried, when a part did. */
  end(): void {
    const [first] = this.#failures;
    if (first) throw first;
  }
}
