import { expect, test } from "vitest";
import { providerTemplates } from "./index.ts";
import { printed } from "./print.ts";

const { meta, twilio } = providerTemplates();

test("what is printed is what is registered, of one provider or of both", () => {
  expect(JSON.parse(printed(["--provider", "meta"]))).toEqual(meta);
  expect(JSON.parse(printed(["--provider", "twilio"]))).toEqual(twilio);
  expect(JSON.parse(printed([]))).toEqual({ meta, twilio });
});

test("help says how to ask, and who asks for another provider is told", () => {
  expect(printed(["--help"])).toContain("npm run --silent templates -- --provider meta");
  expect(() => printed(["--provider", "telegram"])).toThrow(
    "--provider telegram is neither meta nor twilio.",
  );
});
