/** An event as functions receive it. */
export interface InngestEvent {
  readonly name: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** The sender's id if it gave one, else the engine's. */
  readonly id: string;
  /** Epoch milliseconds, in the engine's clock unless the sender chose a time. */
  readonly ts: number;
  readonly user: Readonly<Record<string, unknown>>;
  readonly v?: string;
}

/** An event with the engine's own id, a ULID, which `send` gives back and the API asks for. */
export interface StoredEvent {
  readonly id: string;
  readonly event: InngestEvent;
  /** Epoch milliseconds in the engine's clock. */
  readonly receivedAt: number;
  readonly seq: number;
}

export const internalName = {
  invoked: "inngest/function.invoked",
  finished: "inngest/function.finished",
  failed: "inngest/function.failed",
  cancelled: "inngest/function.cancelled",
  timer: "inngest/scheduled.timer",
} as const;

export interface Invocation {
  functionId: string;
  correlationId: string;
}

/** Which function an invocation asks for and who waits for its end; undefined for every other event. */
export function invocationOf(event: InngestEvent): Invocation | undefined {
  if (event.name !== internalName.invoked) return undefined;
  const { fn_id, correlation_id } = (event.data._inngest ?? {}) as {
    fn_id?: string;
    correlation_id?: string;
  };
  return fn_id && correlation_id ? { functionId: fn_id, correlationId: correlation_id } : undefined;
}

/** The trigger names that an event's name satisfies: itself, and `a/*` or `a.*` for each of its prefixes. */
export function patternsOf(name: string): string[] {
  const wildcards = ["/", "."].flatMap((separator) => {
    const parts = name.split(separator);
    return parts.slice(1).map((_, index) => `${parts.slice(0, index + 1).join(separator)}${separator}*`);
  });
  return [name, ...wildcards];
}
