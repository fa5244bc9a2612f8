import type { Access, ContextName, Route, RouteId, Routes } from "@turno/contract";
import type { Context, Operation, PatientLink, Staff } from "@turno/core/platform";
import type * as z from "zod";
import type { Runtime } from "../runtime.ts";
import type { RawCall } from "./exchange.ts";

interface Actors {
  public: { readonly kind: "public" };
  "public-or-staff": { readonly kind: "public" } | Staff;
  "link-or-staff": PatientLink | Staff;
  signature: { readonly kind: "public" };
  staff: Staff;
}

type Output<Schema> = Schema extends z.ZodType ? z.output<Schema> : Record<never, never>;
type Part<R, Name extends string> =
  R extends Record<Name, infer Schema> ? Output<Schema> : Record<never, never>;

/** A call that has passed the pipeline: everything in it is as the contract says. */
export interface Call<R extends Route> {
  readonly runtime: Runtime;
  readonly context: Context;
  readonly actor: Actors[R["access"] extends Access ? R["access"]["kind"] : never];
  readonly params: Part<R, "params">;
  readonly query: Part<R, "query">;
  readonly body: Part<R, "body">;
  readonly operation: Operation;
  /** The version that an edit was made on, where the caller said so. */
  readonly version: number | undefined;
  /** As it came, where the signature covers every byte. */
  readonly raw: R["access"] extends { readonly kind: "signature" } ? RawCall : undefined;
}

type Answer<R extends Route> = R["responses"][keyof R["responses"]] extends infer Schema
  ? Schema extends z.ZodType
    ? z.input<Schema>
    : never
  : never;

/** Says which verb a route is. */
export type Handler<R extends Route> = (call: Call<R>) => Promise<Answer<R>>;

/** A handler for every route of a context. */
export type Handlers<Name extends ContextName> = {
  readonly [Id in RouteId as Routes[Id]["context"] extends Name ? Id : never]: Handler<Routes[Id]>;
};
