import { idOf, Role } from "@turno/core/schemas";
import * as z from "zod";
import { linkOrStaff } from "../access.ts";
import { route } from "../route.ts";

const StaffMember = z
  .object({
    kind: z.literal("staff"),
    organizationId: idOf("organization"),
    memberId: idOf("member"),
    roles: z.array(Role),
    careTeams: z.array(idOf("profile")).meta({ description: "The profiles whose patients they care for" }),
  })
  .meta({ id: "StaffMember" });

const LinkHolder = z
  .object({
    kind: z.literal("patient"),
    organizationId: idOf("organization"),
    appointmentId: z.string().meta({ description: "The ULID that a request and its reservation share" }),
    requestId: idOf("request").meta({ description: "The appointment's request, if it was asked for" }),
    entryId: idOf("entry").meta({
      description: "The appointment's entry on the waiting list, if it began there",
    }),
    reservationId: idOf("reservation").meta({
      description: "The appointment's reservation, once there is one",
    }),
  })
  .meta({ id: "LinkHolder" });

export const getMe = route({
  id: "getMe",
  method: "GET",
  path: "/v1/me",
  context: "identity",
  access: linkOrStaff,
  summary: "Who is asking, and for which clinic",
  responses: { 200: z.discriminatedUnion("kind", [StaffMember, LinkHolder]) },
  failures: [],
});
