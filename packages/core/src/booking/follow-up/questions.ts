import type { Language } from "../../platform/schemas.ts";
import type { FollowUpType } from "../reservation/reservation.ts";

/**
 * What is asked, besides how somebody feels, when neither the visit nor its service has questions of its own: it names no
 * complaint.
 */
export const usualQuestions: Record<Language, Record<FollowUpType, readonly string[]>> = {
  es: {
    "24h": ["¿Tienes dudas sobre las indicaciones?", "¿Hay algo que te preocupe?"],
    "48h": ["¿Has podido seguir las indicaciones?", "¿Hay algo que te preocupe?"],
    "1week": ["¿Notas una mejoría?", "¿Hay algo que te preocupe?"],
    "2weeks": ["¿Notas una mejoría?", "¿Te gustaría otra visita?"],
  },
  en: {
    "24h": ["Do you have questions about what we agreed?", "Does anything worry you?"],
    "48h": ["Have you been able to follow the advice?", "Does anything worry you?"],
    "1week": ["Do you feel better?", "Does anything worry you?"],
    "2weeks": ["Do you feel better?", "Would you like another visit?"],
  },
  pt: {
    "24h": ["Tem dúvidas sobre as orientações?", "Algo preocupa você?"],
    "48h": ["Conseguiu seguir as orientações?", "Algo preocupa você?"],
    "1week": ["Sente-se melhor?", "Algo preocupa você?"],
    "2weeks": ["Sente-se melhor?", "Gostaria de outra consulta?"],
  },
};
