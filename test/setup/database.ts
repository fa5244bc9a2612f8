import { startDatabase } from "@turno/local/database";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  export interface ProvidedContext {
    /** Of the embedded database that all tests share; each makes its own table. */
    databaseEndpoint: string;
  }
}

/** One real database for the whole run, in memory. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const database = await startDatabase({});
  project.provide("databaseEndpoint", database.endpoint);
  return () => database.stop();
}
