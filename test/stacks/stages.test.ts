import { afterAll, beforeAll, describe } from "vitest";
import { apiFacts } from "./api.facts.ts";
import { lambdaFacts } from "./lambda.facts.ts";
import { monitoringFacts } from "./monitoring.facts.ts";
import { stageFacts } from "./stage.facts.ts";
import { discardStages, type SynthesizedStage, synthesize } from "./synth.ts";
import { tableFacts } from "./table.facts.ts";
import { workflowFacts } from "./workflow.facts.ts";

afterAll(discardStages);

// A stage takes seconds to make, so each is made once and looked at from all sides.
describe.each(["dev", "staging", "prod"])("%s", (stage) => {
  let made: SynthesizedStage;
  beforeAll(async () => {
    made = await synthesize(stage);
  });

  for (const facts of [stageFacts, tableFacts, apiFacts, workflowFacts, lambdaFacts, monitoringFacts]) {
    facts(stage, () => made);
  }
});
