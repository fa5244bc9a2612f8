/** What serves the workflows of a stage has to know of it: plain data, since it may be another thread. */
export interface WorkflowsOfStage {
  readonly databaseEndpoint: string;
  readonly tableName: string;
  /** The 32 bytes that all keys are derived from. */
  readonly master: Uint8Array;
  /** The environment variables that lead to the stand-ins of the providers. */
  readonly variables: Readonly<Record<string, string>>;
  readonly webUrl: string;
  readonly inngestUrl: string;
}

export interface ServedWorkflows {
  readonly url: string;
  /** The shards of the outbox into which facts were written since it was asked last. */
  written(): readonly string[];
  close(): Promise<void>;
}

export type ServeWorkflows = (stage: WorkflowsOfStage) => Promise<ServedWorkflows>;
