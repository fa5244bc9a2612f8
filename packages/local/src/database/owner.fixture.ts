import { startDatabase } from "./database.ts";

const database = await startDatabase({ path: process.argv[2] });
console.log(database.endpoint);
process.stdin.resume();
