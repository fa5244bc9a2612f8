import { describe, expect, test } from "vitest";
import { Language } from "../../platform/schemas.ts";
import * as Reply from "../reply/index.ts";
import { compose, fill, isPrivate, linesOf, namesIn } from "./compose.ts";
import { samplePlace, samplesIn } from "./samples.ts";
import { type Text, template } from "./template.ts";
import { type TemplateName, templates, type VariablesOf } from "./templates.ts";
import { declared, type Variables } from "./variables.ts";

/** The names that others rely on: providers have approved texts under them. */
const promised = [
  ...[
    "appointment_confirmed",
    "appointment_reminder_72h",
    "appointment_reminder_24h",
    "appointment_reminder_2h",
  ],
  ...["follow_up_24h", "follow_up_48h", "follow_up_1week", "follow_up_2weeks", "medication_reminder"],
  ...["appointment_cancelled", "appointment_cancelled_doctor"],
  ...["appointment_rescheduled", "appointment_rescheduled_doctor"],
  ...["request_received", "request_approved", "request_changed", "request_rejected"],
  ...["request_expired_patient", "request_expired_doctor", "doctor_new_request", "waitlist_offer"],
  ...["birthday_greeting", "voucher_expiring", "checkin_questions"],
  ...["task_assigned", "task_sla_warning", "task_sla_breach", "daily_report", "weekly_summary"],
];

const names = Object.keys(templates) as TemplateName[];

const texts = names.flatMap((name) => {
  const variables: Variables = templates[name].variables;
  return Language.options.map((language) => {
    const text: Text = templates[name].texts[language];
    return { name, language, variables, text };
  });
});

/** What every text of a name has. */
const lines = (...texts: string[]) => ({ subject: "s", body: texts });

const manner = { to: "patient", purpose: "care", pace: "at-once" } as const;

test("every message that is promised is there", () => {
  expect(promised).toHaveLength(29);
  expect(names).toEqual(expect.arrayContaining(promised));
});

describe("a manner", () => {
  const namesWhere = (fits: (name: TemplateName) => boolean) => names.filter(fits).sort();

  test("is outreach where the clinic only makes itself heard, and that waits for the day", () => {
    expect(namesWhere((name) => templates[name].purpose === "outreach")).toEqual([
      "birthday_greeting",
      "voucher_expiring",
    ]);
    for (const name of names) {
      if (templates[name].purpose === "outreach") expect(templates[name].pace).toBe("daytime");
    }
  });

  test("never keeps staff waiting, nor whoever has just written", () => {
    for (const name of names) {
      const { to, inConversation, pace } = templates[name];
      if (to === "staff" || inConversation) expect(pace).toBe("at-once");
    }
  });

  test("tells a change of plan at once, and a reminder in hours that suit", () => {
    expect(templates.appointment_cancelled.pace).toBe("at-once");
    expect(templates.appointment_reminder_24h.pace).toBe("considerate");
    expect(templates.follow_up_24h.pace).toBe("daytime");
  });
});

describe("every text", () => {
  test.each(texts)("of $name in $language says every variable", ({ variables, text }) => {
    const said = namesIn([text.subject, ...text.body, ...(text.replies ?? [])].join("\n"));
    expect(new Set(said)).toEqual(new Set(Object.keys(variables)));
  });

  test.each(texts)("of $name in $language has words for every choice", ({ variables, text }) => {
    for (const [name, values] of Object.entries(variables)) {
      if (typeof values === "string") continue;
      expect(Object.keys(text.words?.[name] ?? {})).toEqual(values);
    }
  });

  test.each(texts)(
    "of $name in $language has a subject that is there for everybody",
    ({ variables, text }) => {
      for (const name of namesIn(text.subject)) {
        expect(declared(variables[name]!)).toMatchObject({ isOptional: false, isPrivate: false });
      }
    },
  );

  test.each(texts)("of $name in $language names a link at the end of a line, after what it is for", (it) => {
    const { variables, text } = it;
    for (const line of [...text.body, ...(text.minimal ?? []), ...(text.replies ?? [])]) {
      const link = namesIn(line).find((name) => declared(variables[name]!).kind === "link");
      if (link) expect(line).toMatch(/^[^:.{}]+: \{\w+\}$/);
    }
  });

  test.each(texts)(
    "of $name in $language reads well with all variables, and with none but the required",
    (it) => {
      const { name, language, variables } = it;
      const all = samplesIn(language) as never;
      const required = Object.fromEntries(
        Object.entries(all).filter(([variable]) => {
          const declaration = variables[variable];
          return declaration && !declared(declaration).isOptional;
        }),
      ) as never;
      for (const detail of ["full", "minimal"] as const) {
        for (const given of [all, required]) {
          const { text, words, body } = compose(name, { language, detail }, samplePlace, given);
          const written = [text.subject, ...body].map((line) => fill(line, words)).join("\n");
          expect(written).not.toMatch(/[{}]|undefined|NaN|Invalid| {2}|: *\n*$/);
          expect(body.filter((line) => line !== "").length).toBeGreaterThan(0);
        }
      }
    },
  );

  test.each(texts)(
    "of $name in $language names nothing private when it is minimal",
    ({ variables, text }) => {
      const minimal = linesOf(text, variables, "minimal");
      for (const name of namesIn(minimal.join("\n"))) expect(isPrivate(variables, name)).toBe(false);
    },
  );

  test.each(texts)("of $name in $language still tells whom, when and where when it is minimal", (it) => {
    const minimal = namesIn(linesOf(it.text, it.variables, "minimal").join("\n"));
    const kept = ["patientName", "appointmentTime", "newAppointmentTime", "clinicName", "link"];
    for (const name of kept) {
      if (namesIn(it.text.body.join("\n")).includes(name)) expect(minimal).toContain(name);
    }
  });
});

test("what a person is treated for, by whom and with what is private in every message to patients", () => {
  const sensitive =
    "serviceName doctorName preparation reason notes medication dosage instructions questions";
  for (const name of names.filter((name) => templates[name].to === "patient")) {
    const variables: Variables = templates[name].variables;
    for (const variable of sensitive.split(" ")) {
      if (variable in variables) expect(isPrivate(variables, variable)).toBe(true);
    }
    expect(variables).not.toHaveProperty("complaint");
  }
});

test("a follow-up says to call the clinic when somebody feels unwell", () => {
  const call = { es: /llama a la clínica/, en: /call the clinic/, pt: /ligue para a clínica/ };
  const followUps = texts.filter(({ name }) => name.startsWith("follow_up") || name === "checkin_questions");
  expect(followUps).toHaveLength(15);
  for (const { language, text } of followUps) {
    expect(text.body.join("\n")).toMatch(call[language]);
    expect((text.minimal ?? text.body).join("\n")).toMatch(call[language]);
  }
});

/** What texts offer as an answer: in capitals, and one of them two words. */
const offered = new Set(
  texts.flatMap(
    ({ text }) => [...text.body, ...(text.replies ?? [])].join(" ").match(/\b[A-Z][A-Z' ]{2,}[A-Z]\b/g) ?? [],
  ),
);

test("every word that a text offers as an answer is understood", () => {
  const wishes = new Map([...offered].map((word) => [word, Reply.understand(word).kind]));
  expect(Object.fromEntries(wishes)).toMatchObject({
    ...{ CONFIRMAR: "confirm", CAMBIAR: "reschedule", CANCELAR: "cancel", BAJA: "stop", ALTA: "start" },
    ...{ CONFIRM: "confirm", RESCHEDULE: "reschedule", "CAN'T COME": "cancel", STOP: "stop", START: "start" },
    ...{ REMARCAR: "reschedule", SAIR: "stop", RETOMAR: "start" },
  });
  expect([...wishes.values()]).not.toContain("unclear");
});

test("no text offers for anything but STOP a word by which a number of Twilio's ends all SMS", () => {
  const ending = ["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"];
  expect(ending.filter((word) => offered.has(word))).toEqual(["STOP"]);
  expect(new Set(ending.map((word) => Reply.understand(word).kind))).toEqual(new Set(["stop", "cancel"]));
});

describe("the build refuses", () => {
  test("a text that names a variable which is not declared", () => {
    template(
      manner,
      { name: "text" },
      {
        es: lines("Hola, {name}"),
        en: lines("Hi {name}"),
        // @ts-expect-error {nome} is not a variable of this template
        pt: { subject: "s", body: ["Olá, {nome}"] },
      },
    );
  });

  test("a minimal text, and a subject, that names something private", () => {
    const full = { subject: "s", body: ["{medication}"] } as const;
    template(
      manner,
      { medication: "private text", name: "text" },
      {
        es: { ...full, minimal: ["{name}"] },
        // @ts-expect-error {medication} is private
        en: { ...full, minimal: ["{medication}"] },
        // @ts-expect-error {medication} is private
        pt: { ...full, subject: "{medication}" },
      },
    );
  });

  test("a choice without words", () => {
    template(
      manner,
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
