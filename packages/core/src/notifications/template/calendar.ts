import { template } from "./template.ts";

export const calendar = {
  calendar_conflicts_doctor: template(
    { to: "staff", purpose: "care", pace: "at-once" },
    { doctorName: "text", conflicts: "instants" },
    {
      es: {
        subject: "Citas fuera de tu nuevo horario",
        body: [
          "Hola, {doctorName}. Tu horario cambió y estas citas ya no caben en él. Siguen en pie: {conflicts}",
          "",
          "Si no puedes atenderlas, muévelas o cancélalas.",
        ],
      },
      en: {
        subject: "Appointments outside your new hours",
        body: [
          "Hello {doctorName}, your hours have changed and no longer have room for these appointments. They still stand: {conflicts}",
          "",
          "If you cannot attend them, please move or cancel them.",
        ],
      },
      pt: {
        subject: "Consultas fora do seu novo horário",
        body: [
          "Olá, {doctorName}. Seu horário mudou e estas consultas não cabem mais nele. Elas continuam marcadas: {conflicts}",
          "",
          "Se não puder atendê-las, remarque ou cancele.",
        ],
      },
    },
  ),
};
