import { describe, expect, test } from "vitest";
import { Language } from "../../platform/schemas.ts";
import { mannerOf, renderFor, type TemplateName, type VariablesOf } from "./index.ts";
import { samplePlace, samplesIn } from "./samples.ts";
import { templates } from "./templates.ts";

const names = Object.keys(templates) as TemplateName[];
/** On the phone nobody answers in writing, and so no reply is ever spoken. */
const told = names.filter((name) => !mannerOf(name).inConversation);

const inEach = (some: readonly TemplateName[]) =>
  some.flatMap((name) => Language.options.map((language) => ({ name, language })));

const every = inEach(names);

const sample = (language: Language) => samplesIn(language) as never;

// 09:00 in Mexico City.
const visit = {
  patientName: "Ana Torres",
  serviceName: "Fisioterapia",
  doctorName: "Dra. Luna",
  appointmentTime: "2026-12-03T15:00:00.000Z",
  clinicName: "Clínica Sol",
  clinicAddress: "Reforma 10",
  link: "https://turno.test/a/1?b=2&c=3",
};

describe("on the phone", () => {
  test("a message is sentences, without addresses, and ends politely", () => {
    const { body } = renderFor("voice", "appointment_reminder_24h", "es", samplePlace, visit);
    expect(body.split("\n")).toEqual([
      "Hola, Ana Torres. Te esperamos en tu cita:",
      "Cita: Fisioterapia con Dra. Luna.",
      "Cuándo: jueves 3 de diciembre, 09:00.",
      "Dónde: Clínica Sol.",
      "Gracias por tu atención. Hasta luego.",
    ]);
  });

  test("a list is said in one breath", () => {
    const { body } = renderFor("voice", "follow_up_24h", "en", samplePlace, {
      ...visit,
      link: undefined,
      questions: ["Did you sleep well?", "Could you walk?"],
    });
    expect(body).toContain("It would help us if you told us: Did you sleep well? Could you walk?");
  });

  test.each(inEach(told))(
    "$name in $language says no address and nothing to write back",
    ({ name, language }) => {
      const { body, subject } = renderFor("voice", name, language, samplePlace, sample(language));
      expect(body).not.toMatch(/:\/\/|Reforma|•|\bBAJA\.$|\bSTOP\.$|\bSAIR\.$|—/m);
      expect(subject).toBeUndefined();
    },
  );
});

describe("an SMS", () => {
  test("has no subject, and says how to answer", () => {
    const sms = renderFor("sms", "appointment_reminder_24h", "pt", samplePlace, visit);
    expect(sms).not.toHaveProperty("subject");
    expect(sms.body).toMatch(/REMARCAR ou CANCELAR\. Para não receber mais mensagens: SAIR\.$/);
  });
});

describe("a push", () => {
  test("has a title, how the message begins, and where a tap leads", () => {
    expect(renderFor("push", "appointment_reminder_24h", "es", samplePlace, visit)).toMatchObject({
      subject: "Clínica Sol: recordatorio de tu cita",
      body: [
        "Hola, Ana Torres. Te esperamos en tu cita:",
        "Cita: Fisioterapia con Dra. Luna",
        "Cuándo: jueves 3 de diciembre, 09:00",
        "Dónde: Clínica Sol",
      ].join("\n"),
      link: visit.link,
    });
  });

  test("of a long text ends with a whole word", () => {
    const serviceName = "rehabilitación ".repeat(20);
    const { body } = renderFor("push", "appointment_confirmed", "es", samplePlace, { ...visit, serviceName });
    expect(body.length).toBeLessThanOrEqual(181);
    expect(body).toMatch(/rehabilitación…$/);
  });

  test.each(every)("$name in $language is short", ({ name, language }) => {
    const { body, subject = "" } = renderFor("push", name, language, samplePlace, sample(language));
    expect(body.length).toBeLessThanOrEqual(181);
    expect(body).not.toContain("://");
    expect(subject.length).toBeLessThanOrEqual(80);
  });
});

describe("an e-mail", () => {
  const asked: VariablesOf<"request_rejected"> = {
    ...visit,
    patientName: "Ana <b>&\"'",
    reason: "</p><script>alert(1)</script>",
    alternatives: ["2026-12-03T15:00:00.000Z", "2026-12-04T15:00:00.000Z"],
  };

  test("has a text that says nothing of answering by a single word", () => {
    const { subject, body } = renderFor("email", "appointment_confirmed", "es", samplePlace, visit);
    expect(subject).toBe("Clínica Sol: tu cita está confirmada");
    expect(body).toMatch(/Ver, cambiar o cancelar tu cita: \S+$/);
  });

  test("has a page in its language, with paragraphs, lists, and links as buttons that say what they are for", () => {
    const { html } = renderFor("email", "request_rejected", "es", samplePlace, asked);
    expect(html).toMatch(/^<!doctype html>\n<html lang="es">/);
    expect(html).toContain("<title>Clínica Sol: no pudimos aceptar tu solicitud</title>");
    expect(html).toContain(
      "<p>Próximos horarios libres:</p>\n<ul>\n<li>jueves 3 de diciembre, 09:00</li>\n<li>viernes 4 de diciembre, 09:00</li>\n</ul>",
    );
    expect(html).toMatch(/<a href="https:\/\/turno\.test\/a\/1\?b=2&amp;c=3" [^>]+>Elegir otro horario<\/a>/);
  });

  test("says what people typed, and does not do it", () => {
    const { html } = renderFor("email", "request_rejected", "es", samplePlace, asked);
    expect(html).toContain("Hola, Ana &lt;b&gt;&amp;&quot;&#39;.");
    expect(html).toContain("Motivo: &lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(html).not.toContain("<script>");
  });

  test.each(every)("$name in $language is whole", ({ name, language }) => {
    const {
      html = "",
      body,
      subject = "",
    } = renderFor("email", name, language, samplePlace, sample(language));
    expect(subject).not.toBe("");
    expect(body).not.toMatch(/[{}]/);
    for (const tag of ["p", "ul", "ol", "li", "a", "div"]) {
      const open = html.match(new RegExp(`<${tag}[ >]`, "g")) ?? [];
      const closed = html.match(new RegExp(`</${tag}>`, "g")) ?? [];
      expect(open).toHaveLength(closed.length);
    }
    expect(html).not.toMatch(/<p><\/p>|\{|\}|•/);
  });
});

describe("a minimal message", () => {
  test("tells who, when, where and how, and nothing that somebody looking over a shoulder should know", () => {
    const { body, template } = renderFor(
      "whatsapp",
      "appointment_confirmed",
      { language: "en", detail: "minimal" },
      samplePlace,
      { ...visit, preparation: "Come fasting" },
    );
    expect(body.split("\n")).toEqual([
      "Hi Ana Torres, your appointment is confirmed:",
      "When: Thursday, December 3, 9:00 AM",
      "Where: Clínica Sol",
      "Address: Reforma 10",
      "",
      "See, change or cancel your appointment: https://turno.test/a/1?b=2&c=3",
      "Reply CONFIRM, RESCHEDULE or CAN'T COME. To get no more messages: STOP.",
    ]);
    expect(template).toBe("appointment_confirmed_minimal");
  });

  test("of a medication does not say that it is one", () => {
    const { body, subject } = renderFor(
      "push",
      "medication_reminder",
      { language: "es", detail: "minimal" },
      samplePlace,
      { ...visit, medication: "Sertralina", dosage: "50 mg", doseTime: visit.appointmentTime },
    );
    expect(`${subject} ${body}`).not.toMatch(/Sertralina|50 mg|medicamento|dosis/i);
    expect(body).toContain("Hora: jueves 3 de diciembre, 09:00");
  });

  test("of a list of bookings tells their times alone", () => {
    const { body } = renderFor(
      "whatsapp",
      "reply_choose_booking",
      { language: "es", detail: "minimal" },
      samplePlace,
      { ...visit, wish: "cancel", visits: [{ at: visit.appointmentTime, text: "Fisioterapia" }] },
    );
    expect(body).toContain("¿Cuál quieres cancelar?\n1) jueves 3 de diciembre, 09:00\n");
  });

  test.each(every)("$name in $language has no private word, on any channel", ({ name, language }) => {
    const privates =
      /Fisio|Physio|Luna|Ibupro|1 table|1 comprim|ayunas|fasting|jejum|espalda|Back pain|costas/;
    for (const channel of ["whatsapp", "sms", "voice", "email", "push"] as const) {
      const reading = { language, detail: "minimal" } as const;
      const written = renderFor(channel, name, reading, samplePlace, sample(language));
      // A doctor is greeted by name.
      const said = JSON.stringify(written).replaceAll(templates[name].to === "staff" ? "Luna" : "\0", "");
      expect(said).not.toMatch(privates);
    }
  });
});

test("what has nothing private has one text for everybody", () => {
  const minimal = { language: "es", detail: "minimal" } as const;
  const { template } = renderFor("sms", "birthday_greeting", minimal, samplePlace, sample("es"));
  expect(template).toBe("birthday_greeting");
});
