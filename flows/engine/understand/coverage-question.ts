/**
 * "Am I covered?", "did you check my insurance?": a question about the visitor's own plan.
 *
 * It is answered by the coverage state and by nothing else, as soon as a plan was named.
 */
import { fold } from './fold.ts'

const own =
  /^(?:so |and |but |ok |y |entonces )*(?:am i (?:covered|insured)|is (?:it|this|that|the program) covered(?: by my (?:insurance|plan))?|will (?:my insurance|my plan|it|they) (?:cover|pay)(?: for)?(?: it| this| me| the program)?|does (?:my insurance|my plan|it) (?:cover|pay)(?: for)?(?: it| this)?|(?:did|have|has) (?:you|they|someone|anyone) (?:check|checked|verif\w+|hear back|heard back)(?: (?:on|about|from))?(?: my)?(?: (?:insurance|plan|benefits|coverage))?(?: yet)?|what about my (?:insurance|plan|coverage)|is my (?:insurance|plan|coverage) (?:ok|okay|good|accepted|active|fine)|do you (?:take|accept) (?:it|mine|my insurance|my plan)|how much will i (?:pay|owe)|(?:me|lo) cubre(?:n)?(?: mi seguro)?|mi (?:seguro|plan) (?:lo )?(?:cubre|paga)(?: esto)?|estoy cubiert[oa]|(?:ya )?(?:revisaron|verificaron|checaron) mi (?:seguro|plan)|que pasa con mi seguro|(?:aceptan|toman) (?:el mio|mi seguro|mi plan)|cuanto (?:voy a|tendre que) pagar)$/

export function asksAboutCoverage(text: string): boolean {
  return own.test(fold(text))
}
