import type { Job } from "../run/job.ts";
import type { Table } from "../state/table.ts";

const sweepFrom = 1000;

/**
 * The jobs in order of (at, seq): a binary heap beside the table. A job that has left the table is skipped when its
 * turn comes.
 */
export class Queue {
  #heap: Job[] = [];
  readonly #jobs: Table<Job>;

  constructor(jobs: Table<Job>) {
    this.#jobs = jobs;
    jobs.onChange((_id, _before, after) => {
      if (after) this.push(after);
      else this.#forgetDeleted();
    });
  }

  /** Puts back a job that was taken and could not be done yet. */
  push(job: Job): void {
    const heap = this.#heap;
    let at = heap.push(job) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(job, heap[parent]!)) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = job;
  }

  /** The first job, without taking it. */
  peek(): Job | undefined {
    let first = this.#heap[0];
    while (first && this.#jobs.get(first.id) !== first) {
      this.#removeFirst();
      first = this.#heap[0];
    }
    return first;
  }

  /** Takes the first job that is due at a moment (epoch milliseconds). */
  take(now: number): Job | undefined {
    const first = this.peek();
    if (!first || first.at > now) return undefined;
    this.#removeFirst();
    return first;
  }

  /** Jobs of the far future that were deleted would stay for long, so they are swept when they are the most. */
  #forgetDeleted(): void {
    if (this.#heap.length < 2 * this.#jobs.size + sweepFrom) return;
    const alive = this.#heap.filter((job) => this.#jobs.get(job.id) === job);
    this.#heap = alive.sort((a, b) => (isBefore(a, b) ? -1 : 1));
  }

  #removeFirst(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      if (left >= heap.length) break;
      const right = left + 1;
      const child = right < heap.length && isBefore(heap[right]!, heap[left]!) ? right : left;
      if (!isBefore(heap[child]!, last)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
  }
}

function isBefore(a: Job, b: Job): boolean {
  return a.at < b.at || (a.at === b.at && a.seq < b.seq);
}
