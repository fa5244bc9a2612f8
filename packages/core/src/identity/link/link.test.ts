import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { Reservation } from "../../booking/index.ts";
import { keysFrom } from "../../platform/index.ts";
import { anOpenDay, book, doctorOf, outcomesOf, testContext } from "../../testing/index.ts";
import { Link } from "../index.ts";

const ticket = {
  organizationId: "org_01JDWXR3M8Q6V9T2KZB4N7HC5E",
  appointmentId: "01JDWXR3M8Q6V9T2KZB4N7HC5E",
  end: "2026-03-03T15:20:00.000Z",
};
/** 30 days after the visit. */
const ENDS = "2026-04-02T15:20:00.000Z";

const context = await testContext();
const token = Link.write(context, ticket);

test("a link opens its one appointment, until 30 days after it", async () => {
  expect(Link.open(context, token)).toEqual({
    kind: "patient",
    organizationId: ticket.organizationId,
    appointmentId: ticket.appointmentId,
  });
  const later = await testContext({ table: context.table.table });
  later.at(ENDS);
  later.pass({ seconds: -0.001 });
  expect(Link.open(later, token)).toMatchObject({ kind: "patient" });
  later.at(ENDS);
  expect(() => Link.open(later, token)).toThrow(expect.objectContaining({ type: "link-expired" }));
});

test("the same ticket has the same link", () => {
  expect(Link.write(context, ticket)).toBe(token);
});

describe("a link is not valid", () => {
  const [payload, signature] = token.replace("lnk_", "").split(".") as [string, string];
  const signed = (content: string) => {
    const text = Buffer.from(content).toString("base64url");
    return `lnk_${text}.${createHmac("sha256", context.keys.links).update(text).digest("base64url")}`;
  };
  const other = Link.write(context, { ...ticket, appointmentId: "01JDWXR3M8Q6V9T2KZB4N7HC5F" });
  const strange = Link.write({ ...context, keys: keysFrom(new Uint8Array(32).fill(8)) }, ticket);

  test.each([
    ["empty", ""],
    ["a word", "lnk_"],
    ["without a signature", `lnk_${payload}`],
    ["with an empty signature", `lnk_${payload}.`],
    ["with a short signature", `lnk_${payload}.${signature.slice(0, -1)}`],
    ["with another's signature", `lnk_${payload}.${other.split(".")[1]}`],
    ["with another's content", `${other.split(".")[0]}.${signature}`],
    ["with something behind it", `${token}.${signature}`],
    ["without its prefix", token.replace("lnk_", "")],
    ["signed with another key", strange],
    ["with characters that base64 does not have", `lnk_${payload}.${signature.slice(0, -1)}!`],
    ["signed, but not JSON", signed("appointment")],
    ["signed, but something else", signed('{"organizationId":1}')],
    ["signed, but incomplete", signed('["org_01JDWXR3M8Q6V9T2KZB4N7HC5E"]')],
    ["signed, but without an end", signed('["org_01JDWXR3M8Q6V9T2KZB4N7HC5E","01J","soon"]')],
  ])("%s", (_, forged) => {
    expect(() => Link.open(context, forged)).toThrow(expect.objectContaining({ type: "link-invalid" }));
  });
});

test("a link opens nothing of another appointment", async () => {
  const scene = await testContext();
  const { practice, service } = await anOpenDay(scene, "2026-03-03");
  const mine = await book(scene, practice, service, "2026-03-03T15:00:00.000Z");
  const other = await book(scene, practice, service, "2026-03-03T15:20:00.000Z");
  const { appointmentId, organizationId, end } = await Reservation.get(scene, mine.reservationId);
  const patient = Link.open(scene, Link.write(scene, { appointmentId, organizationId, end }));
  const views = [mine, other].map(({ reservationId }) => Reservation.view(scene, patient, reservationId));
  expect(await outcomesOf(views)).toEqual(["done", "not-found"]);
  expect(doctorOf(practice).organizationId).toBe(organizationId);
});
