/** Fields that tell who a person is or how they are, or that open a door. */
const FIELDS = new Set([
  "address",
  "allergies",
  "authorization",
  "body",
  "chiefComplaint",
  "currentMedications",
  "email",
  "linkToken",
  "medicalHistory",
  "name",
  "notes",
  "patientEmail",
  "patientName",
  "patientPhone",
  "phone",
  "reason",
  "symptoms",
  "text",
  "token",
]);

const PATTERNS = [/lnk_[\w.-]+/g, /eyJ[\w-]+\.[\w-]+\.[\w-]+/g, /\+\d{7,15}/g, /[^\s@"<>]+@[^\s@"<>]+\.\w+/g];

const HIDDEN = "[redacted]";

/** What is to be logged, without people: the back-up for a line that should have held none to begin with. */
export function redacted(value: unknown): unknown {
  if (typeof value === "string")
    return PATTERNS.reduce((text, pattern) => text.replace(pattern, HIDDEN), value);
  if (Array.isArray(value)) return value.map(redacted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([field, inner]) => [field, FIELDS.has(field) ? HIDDEN : redacted(inner)]),
  );
}
