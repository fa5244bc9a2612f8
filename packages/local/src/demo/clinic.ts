import type { Context } from "@turno/core/platform";

const DAYS = { monday: 1, tuesday: 2, wednesday: 3, thursday: 4, friday: 5, saturday: 6 } as const;

const weekdays = [DAYS.monday, DAYS.tuesday, DAYS.wednesday, DAYS.thursday, DAYS.friday];

const service = (key: string, name: string, category: string, duration: number, price: number) => ({
  key,
  name,
  category,
  duration,
  price,
  bufferBefore: 0,
  bufferAfter: 0,
  approval: "required" as const,
  capacity: 1,
});

/** The clinic that a fresh start shows: two zones, overlapping services, a group, one that needs no approval. */
export const demoClinic = {
  name: "Clínica Roma",
  slug: "clinica-roma",
  address: "Calle Colima 100, Roma Norte, Ciudad de México",
  phone: "+525550001000",
  timezone: "America/Mexico_City",
  currency: "MXN",
  arrival: {
    parking: "Calle Orizaba 60, a media cuadra",
    building: "B",
    floor: "2",
    office: "204",
  },
  messaging: {
    whatsapp: { provider: "twilio", sender: "+525550001000" },
    sms: { provider: "twilio", sender: "+525550001000" },
    voice: { provider: "twilio", sender: "+525550001000" },
    email: { provider: "resend", sender: "Clínica Roma <citas@clinica-roma.test>" },
    push: { provider: "web-push", sender: "web" },
  },
  profiles: [
    {
      key: "ana",
      name: "Dra. Ana Torres",
      kind: "doctor",
      specialty: "Medicina general",
      bio: "Atiende adultos y niños desde 2009.",
      phone: "+525511112222",
      language: "es",
      timezone: "America/Mexico_City",
      services: [
        service("consulta", "Consulta breve", "general", 20, 60_000),
        {
          ...service("seguimiento", "Consulta de seguimiento", "general", 30, 80_000),
          approval: "instant" as const,
        },
        {
          ...service("completa", "Revisión completa", "general", 45, 120_000),
          requirements: "Ayuno de ocho horas.",
          bufferAfter: 10,
        },
      ],
      hours: weekdays.flatMap((dayOfWeek) => [
        { dayOfWeek, startTime: "09:00", endTime: "13:00" },
        { dayOfWeek, startTime: "15:00", endTime: "18:00" },
      ]),
    },
    {
      key: "javier",
      name: "Dr. Javier Ruiz",
      kind: "doctor",
      specialty: "Dermatología en línea",
      bio: "Consulta por video desde Madrid.",
      phone: "+34611222333",
      language: "es",
      timezone: "Europe/Madrid",
      services: [service("video", "Consulta por video", "dermatology", 30, 90_000)],
      hours: weekdays.map((dayOfWeek) => ({ dayOfWeek, startTime: "10:00", endTime: "14:00" })),
    },
    {
      key: "sofia",
      name: "Lic. Sofía Mendes",
      kind: "therapist",
      specialty: "Terapia de grupo",
      bio: "Talleres de respiración y manejo del estrés.",
      phone: "+525533334444",
      language: "pt",
      timezone: "America/Mexico_City",
      services: [
        {
          ...service("taller", "Taller de respiración", "group", 60, 25_000),
          approval: "instant" as const,
          capacity: 20,
        },
        service("terapia", "Terapia individual", "therapy", 45, 110_000),
      ],
      hours: [
        { dayOfWeek: DAYS.tuesday, startTime: "17:00", endTime: "20:00" },
        { dayOfWeek: DAYS.thursday, startTime: "17:00", endTime: "20:00" },
        { dayOfWeek: DAYS.saturday, startTime: "10:00", endTime: "13:00" },
      ],
    },
  ],
  staff: [
    {
      key: "doctor",
      email: "ana.torres@clinica-roma.test",
      name: "Ana Torres",
      roles: ["doctor"],
      cares: ["ana"],
    },
    {
      key: "javier",
      email: "javier.ruiz@clinica-roma.test",
      name: "Javier Ruiz",
      roles: ["doctor"],
      cares: ["javier"],
    },
    {
      key: "sofia",
      email: "sofia.mendes@clinica-roma.test",
      name: "Sofía Mendes",
      roles: ["therapist"],
      cares: ["sofia"],
    },
    {
      key: "nurse",
      email: "rosa.lopez@clinica-roma.test",
      name: "Rosa López",
      roles: ["nurse"],
      cares: ["ana"],
    },
    { key: "admin", email: "admin@clinica-roma.test", name: "Marta Díaz", roles: ["admin"], cares: [] },
  ],
} as const;

/** The demo's ids follow from its names, so that links of one start still work after the next. */
export const demoUlid = (context: Context, ...path: string[]): string => context.keys.derive("demo", ...path);
