import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** Makes the master key of a state folder, where the stage that is started on it will find it. */
export function masterKeyIn(stateDir: string): Uint8Array {
  const key = randomBytes(32);
  writeFileSync(join(stateDir, "master.key"), key.toString("base64"), { mode: 0o600 });
  return key;
}
