import { describe, expect, test } from "vitest";
import { Language } from "../../platform/schemas.ts";
import { template } from "./template.ts";
import { type TemplateName, templates, type VariablesOf } from "./templates.ts";

const text = (line: string) => ({ subject: "s", body: [line] });

describe("every text", () => {
  const texts = Object.entries(templates).flatMap(([name, { variables, texts }]) =>
    Language.options.map((language) => ({ name, language, variables, text: texts[language] })),
  );

  test.each(texts)("of $name in $language says every variable, and no other", ({ variables, text }) => {
    const said = [...[text.subject, ...text.body].join("\n").matchAll(/\{(.*?)\}/g)].map(([, name]) => name);
    expect(new Set(said)).toEqual(new Set(Object.keys(variables)));
  });

  test.each(texts)("of $name in $language has words for every choice", ({ variables, text }) => {
    for (const [name, values] of Object.entries(variables)) {
      if (typeof values === "string") continue;
      expect(Object.keys(text.words?.[name] ?? {})).toEqual(values);
    }
  });

  test.each(texts)(
    "of $name in $language keeps optional variables out of the subject",
    ({ variables, text }) => {
      for (const [name, declaration] of Object.entries(variables)) {
        if (String(declaration).endsWith("?")) expect(text.subject).not.toContain(`{${name}}`);
      }
    },
  );
});

describe("the build refuses", () => {
  test("a text that names a variable which is not declared", () => {
    template(
      { name: "text" },
      {
        es: text("Hola, {name}"),
        en: text("Hi {name}"),
        // @ts-expect-error {nome} is not a variable of this template
        pt: { subject: "s", body: ["Olá, {nome}"] },
      },
    );
  });

  test("a choice without words", () => {
    template(
      { urgency: ["low", "high"] },
      {
        es: { subject: "s", body: ["{urgency}"], words: { urgency: { low: "baja", high: "alta" } } },
        // @ts-expect-error words are missing
        en: { subject: "s", body: ["{urgency}"] },
        // @ts-expect-error the word for high is missing
        pt: { subject: "s", body: ["{urgency}"], words: { urgency: { low: "baixa" } } },
      },
    );
  });

  test("a caller who leaves out a variable, adds one, or gives another kind", () => {
    const given = <Name extends TemplateName>(_: Name, variables: VariablesOf<Name>) => variables;
    const doctor = { doctorName: "Dra. Luna", patientName: "Ana", serviceName: "Consulta" };
    const time = "2026-12-03T15:00:00.000Z";
    // @ts-expect-error expiresAt is missing
    given("request_expired_doctor", { ...doctor, appointmentTime: time });
    // @ts-expect-error there is no link in this template
    given("request_expired_doctor", { ...doctor, appointmentTime: time, expiresAt: time, link: "l" });
    // @ts-expect-error a time is an instant, not a number
    given("request_expired_doctor", { ...doctor, appointmentTime: 0, expiresAt: time });
    // @ts-expect-error nobody else cancels
    given("appointment_cancelled_doctor", { ...doctor, appointmentTime: time, cancelledBy: "nurse" });
    given("appointment_cancelled_doctor", { ...doctor, appointmentTime: time, cancelledBy: "doctor" });
  });
});
