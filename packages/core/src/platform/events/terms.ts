import * as z from "zod";

// Apart from the catalogue, which nobody who only names these has to load.

export const Urgency = z.enum(["low", "normal", "high", "urgent"]);
export type Urgency = z.infer<typeof Urgency>;

export const Source = z.enum(["whatsapp", "web", "phone"]);
export type Source = z.infer<typeof Source>;
