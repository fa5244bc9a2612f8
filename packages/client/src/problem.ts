import { type FailureType, failureIn, type Problem } from "@turno/contract";

/** A call that was answered with a failure. Decide by `type`. */
export class ApiProblem extends Error {
  override readonly name = "ApiProblem";
  readonly status: number;
  /** The failure as the contract names it; `unknown` for an answer that is not of this API, such as a proxy's. */
  readonly type: FailureType | "unknown";
  readonly title: string;
  readonly detail: string;
  /** This one occurrence: quote it when you ask for help. */
  readonly instance: string | undefined;
  /** What is wrong, one by one, when the type is `invalid`. */
  readonly errors: NonNullable<Problem["errors"]>;
  /** What the type is about, such as a slotId, or what a request became. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** Seconds after which another try is worth it, where the API says so. */
  readonly retryAfter: number | undefined;

  constructor(status: number, problem: Partial<Problem>, retryAfter?: number) {
    const title = problem.title ?? `HTTP ${status}`;
    super(problem.detail ?? title);
    this.status = status;
    this.type = failureIn(problem.type ?? "") ?? "unknown";
    this.title = title;
    this.detail = problem.detail ?? title;
    this.instance = problem.instance;
    this.errors = problem.errors ?? [];
    this.facts = problem.facts ?? {};
    this.retryAfter = retryAfter;
  }
}

/** Reads the failure in an answer. */
export async function problemIn(response: Response): Promise<ApiProblem> {
  const isProblem = response.headers.get("content-type")?.startsWith("application/problem+json") ?? false;
  const problem = isProblem ? ((await response.json()) as Problem) : {};
  const retryAfter = Number(response.headers.get("retry-after") ?? Number.NaN);
  return new ApiProblem(response.status, problem, Number.isNaN(retryAfter) ? undefined : retryAfter);
}
