import type { Route, RouteId, Routes } from "@turno/contract";
import type * as z from "zod";

type Input<Schema> = Schema extends z.ZodType ? z.input<Schema> : never;

/** `Name` with its type, optional where it may be left out and absent where the route has none. */
type Given<R, Name extends string> =
  R extends Record<Name, infer Schema>
    ? Record<never, never> extends Input<Schema>
      ? { readonly [Key in Name]?: Input<Schema> }
      : { readonly [Key in Name]: Input<Schema> }
    : Record<never, never>;

/** What every call may say besides. */
export interface CallOptions {
  /** Ends the call, and its repetitions. */
  readonly signal?: AbortSignal;
}

type Key<R extends Route> = R["method"] extends "POST"
  ? {
      /** The same for a repetition of one act; new for each call when left out. */
      readonly idempotencyKey?: string;
    }
  : Record<never, never>;

type Match<R extends Route> = R extends { readonly method: "PATCH"; readonly versioned: true }
  ? {
      /** The version that the edit was made on; without it the last edit wins. */
      readonly ifMatch?: number;
    }
  : Record<never, never>;

/** What a route is called with. */
export type CallOf<R extends Route> = Given<R, "params"> &
  Given<R, "query"> &
  Given<R, "body"> &
  Key<R> &
  Match<R> &
  CallOptions;

/** What a route answers. */
export type AnswerOf<R extends Route> = R["responses"][keyof R["responses"]] extends infer Schema
  ? Schema extends z.ZodType
    ? z.output<Schema>
    : never
  : never;

type Arguments<Call> = Record<never, never> extends Call ? [call?: Call] : [call: Call];

/** Providers call by themselves. */
type IsCalled<R extends Route> = R["access"]["kind"] extends "signature" ? false : true;

/** A function for every route of the contract that people's programs call, by its id. */
export type Client = {
  readonly [Id in RouteId as IsCalled<Routes[Id]> extends true ? Id : never]: (
    ...call: Arguments<CallOf<Routes[Id]>>
  ) => Promise<AnswerOf<Routes[Id]>>;
};
