/**
 * A question about the program ("how much is it", "do you have parking"), told from one to whoever is listening.
 *
 * "Are you going to stop talking to me?" must never hear that this can wait.
 */
import { fold } from './fold.ts'

const matters =
  /\b(?:insurance|insured|medicaid|medicare|tricare|aetna|cigna|blue cross|bcbs|humana|united|copays?|deductibles?|coinsurance|preauthorization|cost\w*|price\w*|pay|payment|fee|fees|cover\w*|accept|hours|open|close|schedule|appointment|waitlist|waiting list|parking|address|located|location|bus|bring|visit|visiting|program|programs|iop|php|group|groups|sessions?|classes|how long|suboxone|methadone|buprenorphine|vivitrol|detox|rehab|beds?|therapists?|virtual|telehealth|online|zoom|evenings?|weekends?|seguro|aseguradora|copagos?|deducible|cuesta|cuanto es|precio|pagar|pago|cubre\w*|aceptan|horarios?|abren|cierran|hora|cita|espera|estacionamiento|direccion|ubicad\w+|donde quedan|llevar|visitas?|programas?|grupos?|sesiones|clases|cuanto dura|metadona|desintoxicacion|camas?|terapeutas?|en linea|noches|fines de semana)\b/

export function asksOfProgram(text: string): boolean {
  return matters.test(fold(text))
}
