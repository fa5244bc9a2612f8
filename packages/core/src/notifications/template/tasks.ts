import { template } from "./template.ts";

const severity = ["MILD", "MODERATE", "SEVERE", "CRITICAL"] as const;

const severities = {
  es: { severity: { MILD: "leve", MODERATE: "moderada", SEVERE: "grave", CRITICAL: "crítica" } },
  en: { severity: { MILD: "mild", MODERATE: "moderate", SEVERE: "severe", CRITICAL: "critical" } },
  pt: { severity: { MILD: "leve", MODERATE: "moderada", SEVERE: "grave", CRITICAL: "crítica" } },
} as const;

export const tasks = {
  task_assigned: template(
    { to: "staff", purpose: "care", pace: "at-once" },
    {
      assigneeName: "text",
      patientName: "text",
      severity,
      reasons: "private lines?",
      action: "private text?",
      dueAt: "instant",
      link: "link",
    },
    {
      es: {
        subject: "Tarea nueva para antes del {dueAt}",
        body: [
          "Hola, {assigneeName}. Tienes una tarea nueva:",
          "Paciente: {patientName}",
          "Gravedad: {severity}",
          "Motivos: {reasons}",
          "Qué hacer: {action}",
          "Para antes de: {dueAt}",
          "",
          "Abrir la tarea: {link}",
          "Gracias por ocuparte.",
        ],
        words: severities.es,
      },
      en: {
        subject: "New task, due {dueAt}",
        body: [
          "Hello {assigneeName}, you have a new task:",
          "Patient: {patientName}",
          "Severity: {severity}",
          "Reasons: {reasons}",
          "What to do: {action}",
          "Due by: {dueAt}",
          "",
          "Open the task: {link}",
          "Thank you for taking care of it.",
        ],
        words: severities.en,
      },
      pt: {
        subject: "Tarefa nova, prazo {dueAt}",
        body: [
          "Olá, {assigneeName}. Você tem uma tarefa nova:",
          "Paciente: {patientName}",
          "Gravidade: {severity}",
          "Motivos: {reasons}",
          "O que fazer: {action}",
          "Prazo: {dueAt}",
          "",
          "Abrir a tarefa: {link}",
          "Agradecemos sua atenção.",
        ],
        words: severities.pt,
      },
    },
  ),

  task_sla_warning: template(
    { to: "staff", purpose: "care", pace: "at-once" },
    {
      assigneeName: "text",
      patientName: "text",
      severity,
      dueAt: "instant",
      timeLeft: "duration",
      link: "link",
    },
    {
      es: {
        subject: "Una tarea vence pronto: {dueAt}",
        body: [
          "Hola, {assigneeName}. Una de tus tareas está por vencer:",
          "Paciente: {patientName}",
          "Gravedad: {severity}",
          "Vence: {dueAt}",
          "Tiempo que queda: {timeLeft}",
          "",
          "Abrir la tarea: {link}",
          "Si no puedes ocuparte, pide ayuda a tu equipo.",
        ],
        words: severities.es,
      },
      en: {
        subject: "A task is due soon: {dueAt}",
        body: [
          "Hello {assigneeName}, one of your tasks is due soon:",
          "Patient: {patientName}",
          "Severity: {severity}",
          "Due by: {dueAt}",
          "Time left: {timeLeft}",
          "",
          "Open the task: {link}",
          "If you cannot get to it, ask your team for help.",
        ],
        words: severities.en,
      },
      pt: {
        subject: "Uma tarefa vence em breve: {dueAt}",
        body: [
          "Olá, {assigneeName}. Uma das suas tarefas está para vencer:",
          "Paciente: {patientName}",
          "Gravidade: {severity}",
          "Prazo: {dueAt}",
          "Tempo que resta: {timeLeft}",
          "",
          "Abrir a tarefa: {link}",
          "Se não puder cuidar dela, peça ajuda à sua equipe.",
        ],
        words: severities.pt,
      },
    },
  ),

  // To the assignee and the supervisor.
  task_sla_breach: template(
    { to: "staff", purpose: "care", pace: "at-once" },
    {
      recipientName: "text",
      assigneeName: "text?",
      patientName: "text",
      severity,
      dueAt: "instant",
      timeOverdue: "duration",
      link: "link",
    },
    {
      es: {
        subject: "Tarea vencida: {dueAt}",
        body: [
          "Hola, {recipientName}. Una tarea venció sin resolverse:",
          "Paciente: {patientName}",
          "Gravedad: {severity}",
          "A cargo de: {assigneeName}",
          "Venció: {dueAt}",
          "Retraso: {timeOverdue}",
          "",
          "Abrir la tarea: {link}",
          "Alguien tiene que ocuparse de ella ahora.",
        ],
        words: severities.es,
      },
      en: {
        subject: "Task overdue: {dueAt}",
        body: [
          "Hello {recipientName}, a task is overdue and not resolved:",
          "Patient: {patientName}",
          "Severity: {severity}",
          "Assigned to: {assigneeName}",
          "It was due: {dueAt}",
          "Overdue by: {timeOverdue}",
          "",
          "Open the task: {link}",
          "Somebody has to take care of it now.",
        ],
        words: severities.en,
      },
      pt: {
        subject: "Tarefa vencida: {dueAt}",
        body: [
          "Olá, {recipientName}. Uma tarefa venceu sem ser resolvida:",
          "Paciente: {patientName}",
          "Gravidade: {severity}",
          "Responsável: {assigneeName}",
          "Venceu: {dueAt}",
          "Atraso: {timeOverdue}",
          "",
          "Abrir a tarefa: {link}",
          "Alguém precisa cuidar dela agora.",
        ],
        words: severities.pt,
      },
    },
  ),
};
