import { expectTypeOf, test } from "vitest";
import type { Client } from "./index.ts";

test("a call asks for what its route needs, and for nothing else", () => {
  expectTypeOf<Client["getHealth"]>().toBeCallableWith();
  expectTypeOf<Client["listPatients"]>().toBeCallableWith();
  expectTypeOf<Client["getClinic"]>().parameter(0).toHaveProperty("params").toEqualTypeOf<{ slug: string }>();
  expectTypeOf<Client["approveRequest"]>().toBeCallableWith({ params: { requestId: "req_1" } });
  expectTypeOf<Client["createReservation"]>().parameter(0).toHaveProperty("body");
  expectTypeOf<Client["getClinic"]>().parameter(0).not.toHaveProperty("body");
  expectTypeOf<Client["getClinic"]>().parameter(0).not.toHaveProperty("idempotencyKey");
});

test("a body has the contract's fields, with defaults left out at will", () => {
  type Wish = Parameters<Client["createRequest"]>[0]["body"];
  expectTypeOf<Wish["patientName"]>().toEqualTypeOf<string>();
  expectTypeOf<Wish["urgencyLevel"]>().toEqualTypeOf<"low" | "normal" | "high" | "urgent" | undefined>();
});

test("keys are for acts and versions for edits", () => {
  type Options<Id extends keyof Client> = NonNullable<Parameters<Client[Id]>[0]>;
  expectTypeOf<Options<"cancelRequest">>().toHaveProperty("idempotencyKey");
  expectTypeOf<Options<"editPatient">>().toHaveProperty("ifMatch");
  expectTypeOf<Options<"getPatient">>().not.toHaveProperty("ifMatch");
});

test("an answer has the contract's fields", () => {
  type Created = Awaited<ReturnType<Client["createRequest"]>>;
  expectTypeOf<Created["linkToken"]>().toEqualTypeOf<string>();
  expectTypeOf<Created["status"]>().toEqualTypeOf<"pending" | "confirmed">();
  type Slots = Awaited<ReturnType<Client["listSlots"]>>;
  expectTypeOf<Slots["items"][number]["remaining"]>().toEqualTypeOf<number>();
  expectTypeOf<Slots["nextCursor"]>().toEqualTypeOf<string | undefined>();
  expectTypeOf<Awaited<ReturnType<Client["removeService"]>>>().toEqualTypeOf<undefined>();
});
