import { template } from "./template.ts";

export const appointments = {
  appointment_confirmed: template(
    {
      patientName: "text",
      serviceName: "text",
      doctorName: "text",
      appointmentTime: "instant",
      clinicName: "text",
      clinicAddress: "text?",
      preparation: "text?",
      link: "text",
    },
    {
      es: {
        subject: "{clinicName}: tu cita está confirmada",
        body: [
          "Hola, {patientName}. Tu cita está confirmada:",
          "{serviceName} con {doctorName}",
          "{appointmentTime}",
          "{clinicName}",
          "{clinicAddress}",
          "",
          "Cómo prepararte: {preparation}",
          "",
          "Si necesitas cambiarla o cancelarla: {link}",
        ],
      },
      en: {
        subject: "{clinicName}: your appointment is confirmed",
        body: [
          "Hi {patientName}, your appointment is confirmed:",
          "{serviceName} with {doctorName}",
          "{appointmentTime}",
          "{clinicName}",
          "{clinicAddress}",
          "",
          "How to prepare: {preparation}",
          "",
          "To change or cancel it: {link}",
        ],
      },
      pt: {
        subject: "{clinicName}: sua consulta está confirmada",
        body: [
          "Olá, {patientName}! Sua consulta está confirmada:",
          "{serviceName} com {doctorName}",
          "{appointmentTime}",
          "{clinicName}",
          "{clinicAddress}",
          "",
          "Como se preparar: {preparation}",
          "",
          "Para remarcar ou cancelar: {link}",
        ],
      },
    },
  ),

  appointment_cancelled: template(
    {
      patientName: "text",
      cancelledBy: ["patient", "doctor", "system"],
      serviceName: "text",
      doctorName: "text",
      appointmentTime: "instant",
      clinicName: "text",
      reason: "text?",
      refund: "money?",
      link: "text",
    },
    {
      es: {
        subject: "{clinicName}: tu cita fue cancelada",
        body: [
          "Hola, {patientName}. {cancelledBy}",
          "{serviceName} con {doctorName}",
          "{appointmentTime}",
          "{clinicName}",
          "Motivo: {reason}",
          "",
          "Te devolveremos {refund}.",
          "",
          "Para elegir otro horario: {link}",
        ],
        words: {
          cancelledBy: {
            patient: "Cancelamos tu cita, como nos pediste:",
            doctor: "Lamentamos avisarte que tuvimos que cancelar tu cita:",
            system: "Tu cita fue cancelada:",
          },
        },
      },
      en: {
        subject: "{clinicName}: your appointment was cancelled",
        body: [
          "Hi {patientName}. {cancelledBy}",
          "{serviceName} with {doctorName}",
          "{appointmentTime}",
          "{clinicName}",
          "Reason: {reason}",
          "",
          "We will refund you {refund}.",
          "",
          "To choose another time: {link}",
        ],
        words: {
          cancelledBy: {
            patient: "As you asked, we have cancelled your appointment:",
            doctor: "We are sorry, we had to cancel your appointment:",
            system: "Your appointment was cancelled:",
          },
        },
      },
      pt: {
        subject: "{clinicName}: sua consulta foi cancelada",
        body: [
          "Olá, {patientName}. {cancelledBy}",
          "{serviceName} com {doctorName}",
          "{appointmentTime}",
          "{clinicName}",
          "Motivo: {reason}",
          "",
          "Você receberá um reembolso de {refund}.",
          "",
          "Para escolher outro horário: {link}",
        ],
        words: {
          cancelledBy: {
            patient: "Cancelamos sua consulta, como você pediu:",
            doctor: "Lamentamos informar que precisamos cancelar sua consulta:",
            system: "Sua consulta foi cancelada:",
          },
        },
      },
    },
  ),

  appointment_cancelled_doctor: template(
    {
      doctorName: "text",
      cancelledBy: ["patient", "doctor", "system"],
      patientName: "text",
      serviceName: "text",
      appointmentTime: "instant",
      reason: "text?",
    },
    {
      es: {
        subject: "Cita cancelada: {appointmentTime}",
        body: [
          "Hola, {doctorName}. {cancelledBy}",
          "{patientName}, {serviceName}",
          "{appointmentTime}",
          "Motivo: {reason}",
          "",
          "El horario quedó libre.",
        ],
        words: {
          cancelledBy: {
            patient: "Un paciente canceló su cita:",
            doctor: "La clínica canceló esta cita:",
            system: "Se canceló esta cita:",
          },
        },
      },
      en: {
        subject: "Appointment cancelled: {appointmentTime}",
        body: [
          "Hello {doctorName}. {cancelledBy}",
          "{patientName}, {serviceName}",
          "{appointmentTime}",
          "Reason: {reason}",
          "",
          "The time is free again.",
        ],
        words: {
          cancelledBy: {
            patient: "A patient has cancelled:",
            doctor: "The clinic has cancelled this appointment:",
            system: "This appointment was cancelled:",
          },
        },
      },
      pt: {
        subject: "Consulta cancelada: {appointmentTime}",
        body: [
          "Olá, {doctorName}. {cancelledBy}",
          "{patientName}, {serviceName}",
          "{appointmentTime}",
          "Motivo: {reason}",
          "",
          "O horário ficou livre.",
        ],
        words: {
          cancelledBy: {
            patient: "Um paciente cancelou a consulta:",
            doctor: "A clínica cancelou esta consulta:",
            system: "Esta consulta foi cancelada:",
          },
        },
      },
    },
  ),

  appointment_rescheduled: template(
    {
      patientName: "text",
      serviceName: "text",
      doctorName: "text",
      oldAppointmentTime: "instant",
      newAppointmentTime: "instant",
      clinicName: "text",
      clinicAddress: "text?",
      reason: "text?",
      link: "text",
    },
    {
      es: {
        subject: "{clinicName}: tu cita cambió de horario",
        body: [
          "Hola, {patientName}. Tu cita cambió de horario:",
          "{serviceName} con {doctorName}",
          "Antes: {oldAppointmentTime}",
          "Ahora: {newAppointmentTime}",
          "{clinicName}",
          "{clinicAddress}",
          "Motivo: {reason}",
          "",
          "Si necesitas cambiarla o cancelarla: {link}",
        ],
      },
      en: {
        subject: "{clinicName}: your appointment has a new time",
        body: [
          "Hi {patientName}, your appointment has a new time:",
          "{serviceName} with {doctorName}",
          "Before: {oldAppointmentTime}",
          "Now: {newAppointmentTime}",
          "{clinicName}",
          "{clinicAddress}",
          "Reason: {reason}",
          "",
          "To change or cancel it: {link}",
        ],
      },
      pt: {
        subject: "{clinicName}: sua consulta mudou de horário",
        body: [
          "Olá, {patientName}! Sua consulta mudou de horário:",
          "{serviceName} com {doctorName}",
          "Antes: {oldAppointmentTime}",
          "Agora: {newAppointmentTime}",
          "{clinicName}",
          "{clinicAddress}",
          "Motivo: {reason}",
          "",
          "Para remarcar ou cancelar: {link}",
        ],
      },
    },
  ),

  appointment_rescheduled_doctor: template(
    {
      doctorName: "text",
      patientName: "text",
      serviceName: "text",
      oldAppointmentTime: "instant",
      newAppointmentTime: "instant",
      reason: "text?",
    },
    {
      es: {
        subject: "Cita reprogramada: {newAppointmentTime}",
        body: [
          "Hola, {doctorName}. Una cita cambió de horario:",
          "{patientName}, {serviceName}",
          "Antes: {oldAppointmentTime}",
          "Ahora: {newAppointmentTime}",
          "Motivo: {reason}",
        ],
      },
      en: {
        subject: "Appointment moved: {newAppointmentTime}",
        body: [
          "Hello {doctorName}, an appointment has moved:",
          "{patientName}, {serviceName}",
          "Before: {oldAppointmentTime}",
          "Now: {newAppointmentTime}",
          "Reason: {reason}",
        ],
      },
      pt: {
        subject: "Consulta remarcada: {newAppointmentTime}",
        body: [
          "Olá, {doctorName}. Uma consulta mudou de horário:",
          "{patientName}, {serviceName}",
          "Antes: {oldAppointmentTime}",
          "Agora: {newAppointmentTime}",
          "Motivo: {reason}",
        ],
      },
    },
  ),
};
