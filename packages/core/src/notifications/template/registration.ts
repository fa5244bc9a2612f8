import { Language } from "../../platform/schemas.ts";
import { compose, joined, linesOf, replaceIn } from "./compose.ts";
import { parameterName, parametersOf, registeredName } from "./parameters.ts";
import { samplePlace, samplesIn } from "./samples.ts";
import type { Text } from "./template.ts";
import { type TemplateName, templates, type VariablesOf } from "./templates.ts";
import type { Variables } from "./variables.ts";
import type { Detail } from "./write.ts";

/** What WhatsApp bills and throttles a message by: one that somebody waits for, or one that the clinic wishes to send. */
type Category = "UTILITY" | "MARKETING";

/** The body of a request that registers a template with Meta: POST /<account>/message_templates. */
export interface MetaTemplate {
  readonly name: string;
  readonly language: string;
  readonly category: Category;
  readonly parameter_format: "NAMED";
  readonly components: readonly [
    {
      readonly type: "BODY";
      readonly text: string;
      readonly example: {
        readonly body_text_named_params: readonly { readonly param_name: string; readonly example: string }[];
      };
    },
  ];
}

/** The bodies of the two requests that register one with Twilio: POST /v1/Content, and its approval by WhatsApp. */
export interface TwilioTemplate {
  readonly content: {
    readonly friendly_name: string;
    readonly language: string;
    /** By their place in the text, with an example each. */
    readonly variables: Readonly<Record<string, string>>;
    readonly types: { readonly "twilio/text": { readonly body: string } };
  };
  readonly approval: { readonly name: string; readonly category: Category };
}

/** The languages as WhatsApp names them: it knows no Portuguese without a country. */
const providerLanguage: Readonly<Record<Language, string>> = { es: "es", en: "en", pt: "pt_BR" };

interface Registration {
  readonly name: string;
  readonly language: Language;
  readonly category: Category;
  /** Every line of it, with the variables in their places. */
  readonly lines: readonly string[];
  readonly examples: Readonly<Record<string, string>>;
}

/**
 * What a clinic has to register, so that messages reach people who have not written for 24 hours: every template in every
 * language, and beside it the minimal one where that is another text. What is only sent as an answer needs no approval.
 *
 * Sources: developers.facebook.com/docs/whatsapp/business-management-api/message-templates, twilio.com/docs/content
 */
export function providerTemplates(): {
  readonly meta: readonly MetaTemplate[];
  readonly twilio: readonly TwilioTemplate[];
} {
  const all = registrations();
  return { meta: all.map(forMeta), twilio: all.map(forTwilio) };
}

function registrations(): Registration[] {
  const names = Object.keys(templates) as TemplateName[];
  return names
    .filter((name) => !templates[name].inConversation)
    .flatMap((name) => detailsOf(name).map((detail) => ({ name, detail })))
    .flatMap((it) => Language.options.map((language) => registration(it.name, it.detail, language)));
}

/** Those of which each has a text of its own. */
const detailsOf = (name: TemplateName): readonly Detail[] =>
  registeredName(name, "minimal") === name ? ["full"] : ["full", "minimal"];

function registration(name: TemplateName, detail: Detail, language: Language): Registration {
  const variables: Variables = templates[name].variables;
  const text: Text = templates[name].texts[language];
  const given = samplesIn(language) as VariablesOf<TemplateName>;
  return {
    name: registeredName(name, detail),
    language,
    category: templates[name].purpose === "outreach" ? "MARKETING" : "UTILITY",
    lines: [...linesOf(text, variables, detail), ...(text.replies ?? [])],
    examples: parametersOf(compose(name, { language, detail }, samplePlace, given), detail),
  };
}

function forMeta({ name, language, category, lines, examples }: Registration): MetaTemplate {
  const text = bodyOf(lines, (parameter) => parameter);
  const params = Object.entries(examples).map(([param_name, example]) => ({ param_name, example }));
  return {
    name,
    language: providerLanguage[language],
    category,
    parameter_format: "NAMED",
    components: [{ type: "BODY", text, example: { body_text_named_params: params } }],
  };
}

function forTwilio({ name, language, category, lines, examples }: Registration): TwilioTemplate {
  const places = Object.keys(examples);
  const body = bodyOf(lines, (parameter) => String(places.indexOf(parameter) + 1));
  const variables = Object.values(examples).map((example, index) => [String(index + 1), example]);
  return {
    content: {
      friendly_name: `${name}_${language}`,
      language: providerLanguage[language],
      variables: Object.fromEntries(variables),
      types: { "twilio/text": { body } },
    },
    approval: { name, category },
  };
}

const bodyOf = (lines: readonly string[], nameOf: (parameter: string) => string): string =>
  joined(lines.map((line) => replaceIn(line, (name, space) => `${space}{{${nameOf(parameterName(name))}}}`)));
