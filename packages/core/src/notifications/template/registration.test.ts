import { describe, expect, test } from "vitest";
import { parameters, providerTemplates, type Reading } from "./index.ts";
import { samplePlace, samplesIn } from "./samples.ts";

const { meta, twilio } = providerTemplates();

const bodies = meta.map((template) => {
  const [{ text, example }] = template.components;
  return { ...template, text, examples: example.body_text_named_params };
});

const variable = /\{\{(.*?)\}\}/g;

// developers.facebook.com/docs/whatsapp/message-templates/guidelines, and what providers report of the checks.
describe("Meta takes", () => {
  test("each name once in a language, in small letters", () => {
    const names = meta.map(({ name, language }) => `${name} ${language}`);
    expect(new Set(names).size).toBe(names.length);
    for (const { name } of meta) expect(name).toMatch(/^[a-z0-9_]{1,512}$/);
    expect(new Set(meta.map(({ language }) => language))).toEqual(new Set(["es", "en", "pt_BR"]));
  });

  test("no more names than an account that is not verified may have", () => {
    expect(meta.length).toBeLessThanOrEqual(250);
  });

  test.each(bodies)("$name in $language: a text of 1,024 characters at most", ({ text }) => {
    expect(text.length).toBeLessThanOrEqual(1024);
    expect(text).not.toMatch(/\n{3,}|\t| {2,}|^\s|\s$/);
  });

  test.each(bodies)("$name in $language: variables in small letters, an example of each", (it) => {
    const named = [...it.text.matchAll(variable)].map(([, name]) => name);
    expect(it.examples.map(({ param_name }) => param_name)).toEqual([...new Set(named)]);
    for (const { param_name, example } of it.examples) {
      expect(param_name).toMatch(/^[a-z][a-z_]*$/);
      expect(example).toMatch(/\S/);
      expect(example).not.toMatch(/[\n\t]| {4}/);
    }
  });

  test.each(bodies)("$name in $language: no variable at an end, also not before a full stop", ({ text }) => {
    expect(text).toMatch(/^[^{]*\p{L}/u);
    expect(text).toMatch(/\p{L}[^{}]*$/u);
  });

  test.each(bodies)("$name in $language: words between any two variables", ({ text }) => {
    for (const between of text
      .split(variable)
      .filter((_, index) => index % 2 === 0)
      .slice(1, -1)) {
      expect(between).toMatch(/\p{L}/u);
    }
  });

  test.each(bodies)("$name in $language: words enough for its variables", ({ text, examples }) => {
    const words = text.replaceAll(variable, " ").match(/[\p{L}\d]+/gu) ?? [];
    expect(words.length).toBeGreaterThanOrEqual(2 * examples.length + 1);
  });

  test("greetings and offers as marketing, and the rest as what somebody waits for", () => {
    const marketing = meta.filter(({ category }) => category === "MARKETING").map(({ name }) => name);
    expect(new Set(marketing)).toEqual(
      new Set(["birthday_greeting", "voucher_expiring", "voucher_expiring_minimal"]),
    );
  });

  test("no answers, which are sent to those who have just written", () => {
    expect(meta.filter(({ name }) => name.startsWith("reply_"))).toEqual([]);
  });
});

describe("Twilio takes", () => {
  test("the same texts, by a friendly name with our language, and variables by their place", () => {
    const confirmed = twilio.find(({ content }) => content.friendly_name === "appointment_confirmed_pt");
    expect(confirmed?.approval).toEqual({ name: "appointment_confirmed", category: "UTILITY" });
    expect(confirmed?.content.language).toBe("pt_BR");
    expect(confirmed?.content.types["twilio/text"].body).toMatch(
      /^Olá, \{\{1\}\}! Sua consulta está confirmada:\nConsulta: \{\{2\}\} com \{\{3\}\}\nQuando: \{\{4\}\}/,
    );
    expect(confirmed?.content.variables).toMatchObject({ 1: "Ana Torres", 3: "Dra. Luna" });
  });

  test.each(twilio)("$content.friendly_name, with variables in order and none left out", ({ content }) => {
    const { body } = content.types["twilio/text"];
    const places = [...new Set([...body.matchAll(variable)].map(([, place]) => Number(place)))];
    expect(places).toEqual(places.map((_, index) => index + 1));
    expect(Object.keys(content.variables).map(Number)).toEqual(places);
    expect(body.length).toBeLessThanOrEqual(1600);
  });
});

describe("the parameters of a message", () => {
  const visit = {
    ...{ patientName: "Ana Torres", serviceName: "Fisioterapia", doctorName: "Dra. Luna" },
    ...{
      appointmentTime: "2026-12-03T15:00:00.000Z",
      clinicName: "Clínica Sol",
      link: "https://turno.test/a/1",
    },
  };

  test("are those of the registered text, in its order", () => {
    for (const { name, language, examples } of bodies) {
      const [base, detail] = name.endsWith("_minimal") ? [name.slice(0, -8), "minimal"] : [name, "full"];
      const reading = { language: language.slice(0, 2), detail } as Reading;
      const told = parameters(base as "birthday_greeting", reading, samplePlace, samplesIn("es") as never);
      expect(Object.keys(told)).toEqual(examples.map(({ param_name }) => param_name));
    }
  });

  test("fill every line, with a dash where there is nothing to say", () => {
    expect(parameters("appointment_confirmed", "es", samplePlace, visit)).toEqual({
      patient_name: "Ana Torres",
      service_name: "Fisioterapia",
      doctor_name: "Dra. Luna",
      appointment_time: "jueves 3 de diciembre, 09:00",
      clinic_name: "Clínica Sol",
      clinic_address: "—",
      preparation: "—",
      link: "https://turno.test/a/1",
    });
  });

  test("stay on one line, lists as well, and below 1,024 characters", () => {
    const told = parameters("request_rejected", "es", samplePlace, {
      ...visit,
      reason: `Ausente\n\n${"por viaje ".repeat(200)}`,
      alternatives: ["2026-12-03T15:00:00.000Z", "2026-12-04T15:00:00.000Z"],
    });
    expect(told.alternatives).toBe("jueves 3 de diciembre, 09:00; viernes 4 de diciembre, 09:00");
    expect(told.reason).toMatch(/^Ausente por viaje .*…$/);
    expect(told.reason).toHaveLength(1024);
    const numbered = parameters("reply_choose_time", "es", samplePlace, {
      ...visit,
      times: [visit.appointmentTime],
    });
    expect(numbered.times).toBe("1) jueves 3 de diciembre, 09:00");
  });

  test("hold nothing private when the message is minimal", () => {
    const minimal = { language: "es", detail: "minimal" } as const;
    const told = parameters("appointment_confirmed", minimal, samplePlace, visit);
    expect(Object.keys(told)).toEqual([
      "patient_name",
      "appointment_time",
      "clinic_name",
      "clinic_address",
      "link",
    ]);
  });
});
