import { takesKey } from "@turno/contract";
import { operationOf } from "@turno/core/platform";
import type { Runtime } from "../runtime.ts";
import { header, known, type Piece } from "./exchange.ts";
import { scopeOf } from "./scope.ts";
import { NotAsAgreed } from "./validation.ts";

const KEY = /^[\x21-\x7e]{1,128}$/;

/**
 * Names the call, so that a repetition is known: by its Idempotency-Key on a POST, anew otherwise.
 *
 * Runs after validation: what the contract fills in belongs to the content that a key stands for.
 */
export const idempotency = ({ context }: Runtime): Piece => ({
  before: ({ event }) => {
    const key = takesKey(known(event, "route")) ? header(event, "idempotency-key") : undefined;
    if (key !== undefined && !KEY.test(key)) {
      const detail = "must be 1 to 128 printable characters without spaces";
      throw new NotAsAgreed([{ in: "header", pointer: "/Idempotency-Key", detail }]);
    }
    event.exchange.operation = operationOf(context, scopeOf(event), key, known(event, "body"));
  },
});
