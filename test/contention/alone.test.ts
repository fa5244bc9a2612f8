import { startDatabase } from "@turno/local/database";
import { afterAll } from "vitest";
import { openStage } from "../stage/open.ts";
import { decisionsAtOnce } from "./decisions.ts";
import { contentionForSlots } from "./slots.ts";

const database = await startDatabase();
afterAll(() => database.stop());
const stage = await openStage({ databaseEndpoint: database.endpoint, isEmpty: true });
await stage.rest();

decisionsAtOnce(stage);
contentionForSlots(stage);
