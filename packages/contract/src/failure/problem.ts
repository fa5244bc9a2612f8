import * as z from "zod";
import { type FailureType, failures, isFailureType } from "./table.ts";

const URN = "urn:turno:problem:";

/** The identifier of a failure on the wire: `urn:turno:problem:slot-taken`. */
export const problemType = (type: FailureType): string => `${URN}${type}`;

/** The failure that an identifier names, or `undefined` for one that is not ours. */
export const failureIn = (problemType: string): FailureType | undefined => {
  const type = problemType.startsWith(URN) ? problemType.slice(URN.length) : "";
  return isFailureType(type) ? type : undefined;
};

/** One thing that is wrong with a request. */
export const FieldError = z
  .object({
    in: z.enum(["body", "query", "path", "header"]).optional(),
    pointer: z.string().meta({ description: "JSON pointer (RFC 6901)", example: "/patientPhone" }),
    detail: z.string().meta({ example: "must be a phone in E.164" }),
  })
  .meta({ id: "FieldError" });
export type FieldError = z.infer<typeof FieldError>;

/** What a call that failed answers, as `application/problem+json` (RFC 9457). */
export const Problem = z
  .object({
    type: z.string().meta({ description: "Stable; decide by this", example: problemType("slot-taken") }),
    title: z.string().meta({ example: failures["slot-taken"].title }),
    status: z.int().meta({ example: failures["slot-taken"].status }),
    detail: z.string().meta({ description: "What happened, for people" }),
    instance: z.string().meta({ description: "This one occurrence; quote it when you ask for help" }),
    errors: z.array(FieldError).optional().meta({ description: "What is wrong, one by one, on 422" }),
    facts: z
      .record(z.string(), z.unknown())
      .optional()
      .meta({ description: "What the type is about, such as a slotId or what a request became" }),
  })
  .meta({ id: "Problem" });
export type Problem = z.infer<typeof Problem>;
