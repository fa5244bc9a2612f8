import { failures, Problem, problemType } from "@turno/contract";
import { expect, test } from "vitest";
import { send } from "../stage/http.ts";
import { differencesBetween, keptBy } from "../stage/kept.ts";
import { openStage } from "../stage/open.ts";
import { wrongAddress } from "./addresses.ts";
import { wrongCredentials } from "./credentials.ts";
import { wrongInput } from "./input.ts";
import { notAllowed } from "./permissions.ts";
import { byGateway, openScene, type Refused } from "./scene.ts";
import { wrongState } from "./states.ts";

const stage = await openStage({ isEmpty: true });
const scene = await openScene(stage);
const cases = Object.entries({
  ...wrongInput(scene),
  ...(await wrongCredentials(scene)),
  ...notAllowed(scene),
  ...wrongState(scene),
  ...wrongAddress(scene),
});

const isByGateway = (because: Refused["because"]): because is keyof typeof byGateway =>
  Object.hasOwn(byGateway, because);

async function ask({ method, path, token, headers, body }: Refused) {
  const isJson = typeof body === "object" && !Buffer.isBuffer(body);
  return send(`${stage.url}${path}`, {
    method,
    headers: {
      ...(isJson && { "content-type": "application/json" }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body !== undefined && { body: isJson ? JSON.stringify(body) : body }),
  });
}

test.each(cases)("%s is refused, and nothing is written", async (_, refused) => {
  const before = await keptBy(stage);
  const { status, headers, text } = await ask(refused);
  expect(differencesBetween(before, await keptBy(stage))).toEqual([]);
  const { because, pointers, facts } = refused;
  if (isByGateway(because)) {
    expect({ status, text }).toEqual({
      status: byGateway[because],
      text: JSON.stringify({ message: because }),
    });
    return;
  }
  expect(status).toBe(failures[because].status);
  expect(headers["content-type"]).toBe("application/problem+json");
  const problem = Problem.strict().parse(JSON.parse(text));
  expect(problem).toMatchObject({ type: problemType(because), status, ...(facts && { facts }) });
  expect(problem.errors?.map(({ pointer }) => pointer)).toEqual(pointers);
});

test("every type that a call can be refused with is among these", () => {
  // No route opens a clinic or expires a request, providers sign their calls, and the other two are nobody's wish.
  const elsewhere = new Set([
    ...["slug-taken", "sender-taken", "not-due", "signature-invalid", "signature-stale", "internal", "busy"],
  ]);
  const shown = new Set(cases.map(([, { because }]) => because).filter((because) => !isByGateway(because)));
  expect([...shown].sort()).toEqual(
    Object.keys(failures)
      .filter((type) => !elsewhere.has(type))
      .sort(),
  );
});

test("a patient of another clinic has no timeline", async () => {
  const timeline = await stage
    .api(scene.tokens.stranger)
    .getPatientTimeline({ params: { patientId: scene.ids.patientId } });
  expect(timeline).toEqual({ items: [] });
});
