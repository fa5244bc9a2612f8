import { lives } from "./lives/index.ts";
import { testInTrouble } from "./lives/trouble.ts";

testInTrouble(lives.patients);
