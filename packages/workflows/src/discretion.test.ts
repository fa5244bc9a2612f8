import { Request } from "@turno/core/booking";
import { Channel } from "@turno/core/notifications";
import { Busy, NotFound } from "@turno/core/platform";
import { NonRetriableError, RetryAfterError } from "inngest";
import { describe, expect, test } from "vitest";
import { told } from "./discretion.ts";

describe("tried again", () => {
  test("when the provider says so, after the time it asks for", () => {
    expect(told(new Channel.TryLater("busy", 90))).toMatchObject({ retryAfter: "90" });
    expect(told(new Channel.TryLater("unreachable"))).not.toBeInstanceOf(RetryAfterError);
    expect(told(new Channel.TryLater("unreachable"))).not.toBeInstanceOf(NonRetriableError);
  });

  test("when the database is busy, or this machine's clock is behind", () => {
    expect(told(new Busy())).not.toBeInstanceOf(NonRetriableError);
    const early = new Request.NotDue("req_1", "2026-03-03T15:00:00.000Z");
    expect(told(early)).toBeInstanceOf(RetryAfterError);
  });

  test("when nobody knows what it was", () => {
    expect(told(new TypeError("fetch failed"))).not.toBeInstanceOf(NonRetriableError);
  });
});

test("a refusal of the domain stays one", () => {
  const error = told(new NotFound("reservation", "res_1"));
  expect(error).toBeInstanceOf(NonRetriableError);
  expect(error.message).toBe("not-found: There is no reservation with this id.");
});

describe("an error that was not written here", () => {
  const cause = new RangeError("no such item: Lucía Ramírez");
  const error = told(new TypeError("cannot send to +525587654321", { cause }));

  test("keeps its name, its cause's name and where it happened", () => {
    expect(error).toMatchObject({ name: "TypeError", message: "A step failed with TypeError: RangeError." });
    expect(error.stack).toContain("discretion.test.ts");
  });

  test("loses everything that may name somebody", () => {
    expect(`${error.message} ${error.stack}`).not.toMatch(/Luc|5255/);
    expect(error.cause).toBeUndefined();
    expect(told("thrown text about Lucía").message).not.toContain("Luc");
  });

  test("with many behind it tells of the first", () => {
    expect(told(new AggregateError([new Busy(), cause], "two requests did not expire"))).toMatchObject({
      message: new Busy().message,
    });
  });
});
