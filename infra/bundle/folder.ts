import path from "node:path";

/**
 * Where these files are, for commands that are run from the top.
 *
 * SST makes one file of its whole configuration, and puts it elsewhere: none of them can say it of itself.
 */
export const FOLDER = path.resolve("infra", "bundle");
