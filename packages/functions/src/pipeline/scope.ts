import { type Actor, ulidIn } from "@turno/core/platform";
import { type ApiEvent, known } from "./exchange.ts";

/** Names the caller, the route and what it is about: what one caller chose means nothing to another. */
export const scopeOf = (event: ApiEvent): string =>
  JSON.stringify([callerOf(known(event, "actor")), known(event, "route").id, known(event, "params")]);

function callerOf(actor: Actor): string {
  switch (actor.kind) {
    case "staff":
      return `${actor.organizationId}/${ulidIn(actor.memberId)}`;
    case "patient":
      return `${actor.organizationId}/${actor.appointmentId}`;
    case "public":
    case "system":
      return actor.kind;
  }
}
