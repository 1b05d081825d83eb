/**
 * Anger at the questions, not a question and not an answer: "this is stupid", "ya basta".
 *
 * Only short outbursts count; whoever writes more is read as she wrote it.
 */
import { fold } from './fold.ts'

const WORDS_AT_MOST = 6

const outburst =
  /^(?:(?:oh|ugh|god|just|please|ay|dios|por favor) )*(?:(?:this|that|it) ?(?:is|s) (?:so |really |just )?(?:stupid|dumb|ridiculous|annoying|bullshit|bs|nonsense|a joke|a waste of time)|how (?:stupid|annoying|ridiculous)|stop (?:it|asking|asking me|this|with the questions|asking questions)|(?:thats )?enough(?: already| questions| of this)?|too many questions|go away|shut up|fuck (?:you|off|this)|screw (?:you|this)|(?:que|esto es (?:una? )?)(?: )?(?:tonteria|estupidez|ridiculo|absurdo|fastidio|perdida de tiempo|molestia)|ya basta|basta(?: ya)?|dejen?me(?: en paz)?|callese|no moleste[n]?|vayase|demasiadas preguntas|(?:ya )?no (?:me )?pregunte(?: mas)?)$/

export function isAnnoyed(text: string): boolean {
  const folded = fold(text)
  return folded.split(' ').length <= WORDS_AT_MOST && outburst.test(folded)
}
