import { describe, expect, it } from "vitest";
import { accepts, checkExpression, ExpressionRefused, evaluate, matchesLater } from "./expression.ts";

const event = {
  name: "appointment/booked",
  data: { id: "a1", minutes: 30, tags: ["vip"], note: null, nested: { zone: "Europe/Paris" } },
};

describe("an expression over one event", () => {
  it.each([
    ["event.data.id == 'a1'", true],
    ["event.data.id != 'a1'", false],
    ["event.data.minutes >= 30 && event.data.minutes < 31", true],
    ["event.data.minutes == 30.0", true],
    ["event.data.minutes == '30'", false],
    ["event.data.id == 'x' || event.data.nested.zone == 'Europe/Paris'", true],
    ["!event.data.note", true],
    ["'vip' in event.data.tags", true],
    ["event.data.id in ['a1', 'a2']", true],
    ["'zone' in event.data.nested", true],
    ["event.data['id'] == 'a1'", true],
    ["event.data.tags[0] == 'vip'", true],
    ["int('31') > event.data.minutes", true],
    ["event.data.minutes > -1", true],
    ["event.name.startsWith('appointment/')", true],
    ["size(event.data.tags) == 1", true],
  ])("%s is %s", (source, expected) => {
    expect(accepts(source, event)).toBe(expected);
  });

  it.each([
    ["event.data.gone == null", true],
    ["event.data.gone != null", false],
    ["event.data.gone == 'x'", false],
    ["event.data.gone == event.data.lost", false],
    ["event.data.gone < 5", true],
    ["5 > event.data.gone", true],
    ["event.data.gone > 5", false],
    ["event.data.gone.deeper.still == null", true],
    ["event.data.gone", false],
    ["'x' in event.data.gone", false],
    ["size(event.data.gone) == 0", true],
    ["has(event.data.gone)", false],
    ["has(event.data.note)", true],
  ])("a missing field: %s is %s", (source, expected) => {
    expect(accepts(source, event)).toBe(expected);
  });

  it("gives the value a key is made of", () => {
    expect(evaluate("event.data.id", event)).toBe("a1");
    expect(evaluate("event.data.id + '-' + event.data.minutes", event)).toBe("a1-30");
    expect(evaluate("event.data.minutes > 20 ? 100 : -5", event)).toBe(100);
    expect(evaluate("event.data.gone", event)).toBeNull();
  });
});

describe("an expression over the first and a later event", () => {
  const same = "async.data.id == event.data.id";

  it("matches equal fields only", () => {
    expect(matchesLater(same, event, { data: { id: "a1" } })).toBe(true);
    expect(matchesLater(same, event, { data: { id: "a2" } })).toBe(false);
    expect(matchesLater(same, event, { data: {} })).toBe(false);
  });

  it("matches a field that is missing in both, as the service does", () => {
    expect(matchesLater("async.data.typo == event.data.typo", event, { data: { id: "a2" } })).toBe(true);
  });
});

describe("the policy", () => {
  it.each([
    "async.data.id == event.data.id",
    "int(async.data.n) > 1 ? true : !(event.data.b in ['x'])",
    "async.data.n > -1",
  ])("lets cancelOn say %s", (source) => expect(() => checkExpression(source, "logic")).not.toThrow());

  it.each([
    ["async.data.id + 'x' == event.data.id", "the operator + is not allowed here"],
    ["has(async.data.id)", "the function has() is not allowed here"],
    ["string(async.data.id) == 'x'", "the function string() is not allowed here"],
    ["async.data.id.contains('x')", "the method contains() is not allowed here"],
    ["[1, 2].exists(x, x > 1)", "the method exists() is not allowed here"],
    ["-async.data.n > 1", "the operator -_ is not allowed here"],
    ["evnt.data.id == 'x'", '"evnt" is not known'],
    ["async.data.id ==", "refused"],
  ])("refuses in cancelOn: %s", (source, reason) => {
    expect(() => checkExpression(source, "logic")).toThrow(ExpressionRefused);
    expect(() => checkExpression(source, "logic")).toThrow(reason);
  });

  it("lets a key concatenate, but not call what is unknown here", () => {
    expect(() => checkExpression("event.data.a + '-' + string(event.data.b)", "full")).not.toThrow();
    expect(() => checkExpression("json_parse(event.data.a).b == 1", "full")).toThrow(
      "json_parse() is not known",
    );
    expect(() => checkExpression("[1].exists(x, x > 0)", "full")).toThrow("exists() is not known");
  });
});
