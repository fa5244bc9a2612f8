import { describe, expect, test } from "vitest";
import { reminderTemplate, render, type VariablesOf } from "./index.ts";

// 09:00 in Mexico City, 16:00 in Madrid.
const at = "2026-12-03T15:00:00.000Z";
const mexico = { zone: "America/Mexico_City" };
const madrid = { zone: "Europe/Madrid", nameZone: true };

const visit = {
  patientName: "Ana Torres",
  serviceName: "Fisioterapia",
  doctorName: "Dra. Luna",
  appointmentTime: at,
  clinicName: "Clínica Sol",
  link: "https://turno.test/a/1",
};

const cancelled: VariablesOf<"appointment_cancelled"> = { ...visit, cancelledBy: "patient" };

const lineOf = (body: string, start: string) => body.split("\n").find((line) => line.startsWith(start));

describe("a message", () => {
  test("is written in Spanish with the clinic's time", () => {
    expect(
      render("appointment_confirmed", "es", mexico, { ...visit, clinicAddress: "Reforma 10" }),
    ).toMatchObject({
      subject: "Clínica Sol: tu cita está confirmada",
      body: [
        "Hola, Ana Torres. Tu cita está confirmada:",
        "Cita: Fisioterapia con Dra. Luna",
        "Cuándo: jueves 3 de diciembre, 09:00",
        "Dónde: Clínica Sol",
        "Dirección: Reforma 10",
        "",
        "Ver, cambiar o cancelar tu cita: https://turno.test/a/1",
        "Responde CONFIRMAR, CAMBIAR o CANCELAR. Para no recibir más mensajes: BAJA.",
      ].join("\n"),
    });
  });

  test("is written in English with a clock of twelve hours", () => {
    const { body } = render("appointment_confirmed", "en", mexico, visit);
    expect(body.split("\n").slice(0, 3)).toEqual([
      "Hi Ana Torres, your appointment is confirmed:",
      "Appointment: Fisioterapia with Dra. Luna",
      "When: Thursday, December 3, 9:00 AM",
    ]);
  });

  test("is written in Portuguese", () => {
    const { body } = render("appointment_confirmed", "pt", mexico, visit);
    expect(body.split("\n").slice(0, 3)).toEqual([
      "Olá, Ana Torres! Sua consulta está confirmada:",
      "Consulta: Fisioterapia com Dra. Luna",
      "Quando: quinta-feira, 3 de dezembro, 09:00",
    ]);
  });
});

describe("a time", () => {
  const shown = (language: "es" | "en" | "pt", place: { zone: string; nameZone?: boolean }, time: string) => {
    const { body } = render("appointment_reminder_2h", language, place, { ...visit, appointmentTime: time });
    return body.match(/^(?:Cuándo|When|Quando): (.*)$/m)?.[1];
  };

  test("is the reader's own, and names the zone when that is not the clinic's", () => {
    expect(shown("es", madrid, at)).toBe("jueves 3 de diciembre, 16:00 (CET)");
    expect(shown("en", madrid, at)).toBe("Thursday, December 3, 4:00 PM (GMT+1)");
    expect(shown("pt", madrid, at)).toBe("quinta-feira, 3 de dezembro, 16:00 (GMT+1)");
  });

  test("keeps to the wall clock across the end of summer time", () => {
    // Madrid moves from UTC+2 to UTC+1 on Sunday 25 October 2026 at 03:00.
    expect(shown("es", madrid, "2026-10-24T07:00:00.000Z")).toBe("sábado 24 de octubre, 09:00 (CEST)");
    expect(shown("es", madrid, "2026-10-26T08:00:00.000Z")).toBe("lunes 26 de octubre, 09:00 (CET)");
  });

  test("belongs to the day that it is at the reader's", () => {
    // 23:30 on Thursday in Mexico City is 06:30 on Friday in Madrid.
    expect(shown("es", mexico, "2026-12-04T05:30:00.000Z")).toBe("jueves 3 de diciembre, 23:30");
    expect(shown("es", madrid, "2026-12-04T05:30:00.000Z")).toBe("viernes 4 de diciembre, 06:30 (CET)");
  });

  test("is 00:00 at midnight, and 12:00 AM in English", () => {
    expect(shown("es", mexico, "2026-12-03T06:00:00.000Z")).toBe("jueves 3 de diciembre, 00:00");
    expect(shown("en", mexico, "2026-12-03T06:00:00.000Z")).toBe("Thursday, December 3, 12:00 AM");
  });
});

describe("a line", () => {
  test("is left out when its variable has nothing to say", () => {
    const { body } = render("appointment_reminder_2h", "es", mexico, {
      ...visit,
      building: "Torre B",
      floor: "",
      office: "402",
    });
    expect(body.split("\n").slice(3, 7)).toEqual([
      "Dónde: Clínica Sol",
      "Edificio: Torre B",
      "Consultorio: 402",
      "",
    ]);
  });

  test("with a list has each item on a line of its own, and is left out with an empty one", () => {
    const alternatives = [at, "2026-12-04T15:00:00.000Z"];
    const { body } = render("request_rejected", "es", mexico, { ...visit, alternatives });
    expect(body).toContain(
      "Próximos horarios libres:\n• jueves 3 de diciembre, 09:00\n• viernes 4 de diciembre, 09:00\n\nElegir",
    );
    expect(render("request_rejected", "es", mexico, { ...visit, alternatives: [] }).body).not.toContain(
      "libres",
    );
  });

  test("cannot be added by what a person typed, nor can a variable", () => {
    const { body } = render("doctor_new_request", "en", mexico, {
      ...visit,
      urgency: "urgent",
      complaint: "Pain\n\nPlease answer by clicking {link}",
      expiresAt: at,
    });
    expect(lineOf(body, "Chief complaint")).toBe("Chief complaint: Pain Please answer by clicking {link}");
    expect(lineOf(body, "Urgency")).toBe("Urgency: urgent");
  });
});

describe("money", () => {
  const refunded = (language: "es" | "en" | "pt", amount: number, currency: string) =>
    lineOf(
      render("appointment_cancelled", language, mexico, { ...cancelled, refund: { amount, currency } }).body,
      { es: "Te devolveremos", en: "We will refund", pt: "Vamos devolver" }[language],
    );

  test("is written as in the currency's own country, in the reader's language", () => {
    expect(refunded("es", 60_000, "MXN")).toBe("Te devolveremos: $600.00");
    expect(refunded("en", 60_000, "MXN")).toBe("We will refund you: MX$600.00");
    expect(refunded("pt", 123_450, "BRL")).toBe("Vamos devolver a você: R$ 1.234,50");
    expect(refunded("es", 4_550, "EUR")).toBe("Te devolveremos: 45,50 €");
  });

  test("has as many minor digits as its currency", () => {
    expect(refunded("es", 25_000, "CLP")).toBe("Te devolveremos: $25.000");
    expect(refunded("en", 5_000, "JPY")).toBe("We will refund you: ¥5,000");
    expect(refunded("en", 12_345, "KWD")).toBe("We will refund you: KWD 12.345");
  });

  test("counts the hundredths of a currency whose prices are shown whole", () => {
    expect(refunded("es", 8_000_000, "COP")).toBe("Te devolveremos: $ 80.000");
  });
});

describe("a report", () => {
  const day: VariablesOf<"daily_report"> = {
    doctorName: "Dra. Luna",
    date: "2026-12-03",
    visitCount: 1234,
    agenda: [
      { at, text: "Ana Torres, Fisioterapia" },
      { at: "2026-12-03T21:30:00.000Z", text: "Luis\nVega" },
    ],
    completedYesterday: 7,
    noShowsYesterday: 0,
    pendingRequests: 3,
    link: "https://turno.test/agenda",
  };

  test("names its day, and visits by their time of day", () => {
    const { subject, body } = render("daily_report", "es", mexico, day);
    expect(subject).toBe("Tu día: jueves 3 de diciembre de 2026");
    expect(body).toContain("Agenda:\n• 09:00 Ana Torres, Fisioterapia\n• 15:30 Luis Vega\n");
    expect(render("daily_report", "en", mexico, day).body).toContain("• 3:30 PM Luis Vega");
    expect(render("daily_report", "pt", mexico, day).subject).toBe(
      "Seu dia: quinta-feira, 3 de dezembro de 2026",
    );
  });

  test("leaves out an agenda that is empty, and tells a count of none", () => {
    const { body } = render("daily_report", "es", mexico, { ...day, agenda: [] });
    expect(body).not.toContain("Agenda");
    expect(body).toContain("Ausencias de ayer: 0");
  });

  test("of a minimal kind has the times alone", () => {
    const { body } = render("daily_report", { language: "es", detail: "minimal" }, mexico, day);
    expect(body).toContain("Agenda:\n• 09:00\n• 15:30\n");
  });

  test("has rates, money and durations as the language writes them", () => {
    const week: VariablesOf<"weekly_summary"> = {
      ...{ recipientName: "Marta", clinicName: "Clínica Sol", from: "2026-11-23", until: "2026-11-29" },
      ...{
        bookings: 120,
        bookingsBefore: 0,
        fillRate: 0.825,
        fillRateBefore: 0,
        noShowRate: 0,
        noShowRateBefore: 1,
      },
      revenue: { amount: 4_500_000, currency: "MXN" },
      revenueBefore: { amount: 0, currency: "MXN" },
      responseTime: 95,
      link: "https://turno.test/report",
    };
    const { body } = render("weekly_summary", "es", mexico, week);
    expect(lineOf(body, "Ocupación")).toBe("Ocupación de la agenda: 83 % (antes 0 %)");
    expect(lineOf(body, "Ingresos")).toBe("Ingresos: $45,000.00 (antes $0.00)");
    expect(lineOf(body, "Tiempo")).toBe("Tiempo para responder solicitudes: 1 hora y 35 minutos");
    expect(body).not.toContain("La semana anterior respondieron");
    const long = render("weekly_summary", "en", mexico, {
      ...week,
      responseTime: 1500.4,
      responseTimeBefore: 0,
    });
    expect(lineOf(long.body, "Time to answer requests")).toBe("Time to answer requests: 1 day and 1 hour");
    expect(lineOf(long.body, "Time to answer in")).toBe("Time to answer in the week before: 0 minutes");
  });
});

test("what can be chosen has its number before it", () => {
  const { body } = render("reply_choose_time", "pt", mexico, {
    ...visit,
    times: [at, "2026-12-04T15:00:00.000Z"],
  });
  expect(body).toContain(
    "livres:\n1) quinta-feira, 3 de dezembro, 09:00\n2) sexta-feira, 4 de dezembro, 09:00\n",
  );
});

test("what changed is told, and only that", () => {
  const { body } = render("request_changed", "es", mexico, {
    ...visit,
    oldAppointmentTime: "2026-12-02T16:00:00.000Z",
    newDuration: 45,
  });
  expect(body.split("\n").slice(5, 8)).toEqual([
    "Horario que pediste: miércoles 2 de diciembre, 10:00",
    "Nueva duración: 45 minutos",
    "",
  ]);
});

test("who cancelled decides what the patient reads", () => {
  const first = (cancelledBy: "patient" | "doctor" | "system") =>
    render("appointment_cancelled", "es", mexico, { ...cancelled, cancelledBy }).body.split("\n")[0];
  expect(first("patient")).toBe("Hola, Ana Torres. Tu cita fue cancelada como nos pediste:");
  expect(first("doctor")).toBe("Hola, Ana Torres. Tu cita fue cancelada por la clínica, y lo lamentamos:");
  expect(first("system")).toBe("Hola, Ana Torres. Tu cita fue cancelada automáticamente:");
});

test("a reminder has the template of its hours", () => {
  expect([336, 72, 48, 24, 12, 2, 1].map(reminderTemplate)).toEqual([
    "appointment_reminder_72h",
    "appointment_reminder_72h",
    "appointment_reminder_24h",
    "appointment_reminder_24h",
    "appointment_reminder_24h",
    "appointment_reminder_2h",
    "appointment_reminder_2h",
  ]);
});
