import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const VERSION = "1.2.1";

export interface ServerCommand {
  file: string;
  args: string[];
  /** How long the first start may take, in milliseconds; npx may have to download first. */
  patienceMs: number;
}

/** The dynoxide binary of this platform's npm package, or npx where there is no such package. */
export function serverCommand(platform = `${process.platform}-${process.arch}`): ServerCommand {
  const name = `@dynoxide/${platform}`;
  try {
    const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
    return { file: join(dirname(manifest), "dynoxide"), args: ["serve"], patienceMs: 10_000 };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") throw error;
    return { file: "npx", args: ["--yes", `dynoxide@${VERSION}`, "serve"], patienceMs: 120_000 };
  }
}
