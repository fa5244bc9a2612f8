import { expect, test } from "vitest";
import { failuresOf, routes } from "../index.ts";
import { openApiDocument } from "./document.ts";
import { documentationPage, openApi } from "./index.ts";

test("openapi.json is what the routes say: npm run openapi writes it", () => {
  expect(openApi()).toEqual(JSON.parse(JSON.stringify(openApiDocument())));
});

const page = documentationPage(openApi());
const articleOf = (id: string): string =>
  page.split("<article ").find((part) => part.startsWith(`id="${id}"`)) ?? "";

test("the page has every operation, once and in the navigation", () => {
  for (const { id } of routes) {
    expect(page.split(`id="${id}"`), id).toHaveLength(2);
    expect(page, id).toContain(`<a href="#${id}" title=`);
  }
});

test("the page tells all that a route may fail with", () => {
  for (const route of routes) {
    const article = articleOf(route.id);
    for (const type of failuresOf(route)) expect(article, route.id).toContain(`<code>${type}</code>`);
  }
});

test("the page says who may call", () => {
  expect(articleOf("getClinic")).toContain('class="access">anybody<');
  expect(articleOf("createRequest")).toContain('class="access">anybody or staff<');
  expect(articleOf("getReservation")).toContain("the patient&#39;s link or staff<");
  expect(articleOf("approveRequest")).toContain("staff: doctor, therapist, admin<");
});

test("the page has the fields inside of fields", () => {
  expect(articleOf("approveRequest")).toContain("<code>changes.newSlotId</code>");
  expect(articleOf("listSlots")).toContain("<code>items[].localStartTime</code>");
});

test("a call on the command line has address, key, token and body", () => {
  const article = articleOf("rejectRequest").replaceAll("&quot;", '"').replaceAll("&#39;", "'");
  expect(article).toContain('curl -X POST "$TURNO/v1/requests/req_01JDWXR3M8Q6V9T2KZB4N7HC5E/reject"');
  expect(article).toContain('-H "Authorization: Bearer $TOKEN"');
  expect(article).toContain("-H 'Idempotency-Key: ");
  expect(article).toContain(`-d '{"reason":"Ese día no hay consulta"}'`);
});

test("what the document says is text on the page, never HTML", () => {
  const info = { ...openApi().info, title: "<b>Turno</b>", description: '`a<b` & "c"' };
  const tricky = documentationPage({ ...openApi(), info });
  expect(tricky).toContain("<h1>&lt;b&gt;Turno&lt;/b&gt; API</h1>");
  expect(tricky).toContain("<code>a&lt;b</code> &amp; &quot;c&quot;");
});
