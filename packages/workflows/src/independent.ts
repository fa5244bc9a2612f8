import { StepError } from "inngest";

/**
 * Steps of a run that do not need each other: one that fails for good is set aside, so that a message which cannot be
 * sent costs neither the next one nor the count.
 */
export class Independent {
  readonly #failures: StepError[] = [];

  /** The step's outcome; `undefined` when it failed for good. */
  async outcomeOf<T>(step: Promise<T>): Promise<T | undefined> {
    try {
      return await step;
    } catch (error) {
      if (!(error instanceof StepError)) throw error;
      this.#failures.push(error);
      return undefined;
    }
  }

  /** Fails the run, which then stays to be seen and retried, when a step failed. */
  end(): void {
    const [first] = this.#failures;
    if (first) throw first;
  }
}
