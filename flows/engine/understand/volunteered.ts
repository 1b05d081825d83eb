/**
 * Answers given without being asked: "I'm 34 and it's for my son" fills two, and neither is asked again.
 *
 * Only what is said in so many words is taken; who it is for and how old the writer is change the whole
 * path, so they are looked for in every sentence.
 */
import type { GivenAnswer } from '../../conversation.ts'
import { fold } from './fold.ts'
import { pronounsIn } from './names.ts'
import { ownAgeIn } from './own-age.ts'

export type Volunteered = readonly { readonly name: string; readonly value: GivenAnswer['value'] }[]

const relative =
  /\b(?:my|mi|mis|our|nuestro|nuestra) (?:(?:adult|grown|teenage|oldest|youngest|older|younger|little|big|ex|step) ?)*(?:son|daughter|child|kid|husband|wife|spouse|partner|boyfriend|girlfriend|brother|sister|mother|mom|mum|father|dad|friend|cousin|nephew|niece|uncle|aunt|grandson|granddaughter|roommate|fiance|hijo|hija|esposo|esposa|marido|mujer|pareja|novio|novia|hermano|hermana|madre|mama|padre|papa|amigo|amiga|primo|prima|sobrino|sobrina|tio|tia|nieto|nieta)\b/
const young = /\b(?:for|about|help|para) (?:my|our|mi|nuestro|nuestra) \S+(?:[ -]\S+)?[ -](?:years?|yrs?)[ -]old\b/
const asksFor =
  /\b(?:for|about|its|it is|help|para|por|ayudar|asking|calling|writing|escribo|llamo|pregunto|busco|needs|necesita|drinks|uses|using|drinking|toma|bebe|usa|consume|addicted|adict[oa]|relapsed|recayo)\b/
const forMyself =
  /\b(?:its|it is|this is|thats|asking|help|es|pregunto|ayuda) (?:for|para) (?:me|myself|mi(?: mismo| misma)?$|mi mismo|mi misma)(?= |$)|^(?:for |para )?(?:me|myself|mi mismo|mi misma)$/
const professional =
  /\b(?:i am|im|this is|soy) (?:a |an |the |un |una |el |la )?(?:\w+ ){0,3}(?:case ?manager|social worker|discharge planner|therapist|counselor|clinician|physician|doctor|nurse practitioner|probation officer|trabajador[a]? social|terapeuta|consejer[oa]|medic[oa])\b|\b(?:refer|referring|referral for|derivar|referir) (?:a |my |one of my |un |una |mi )?(?:patient|client|paciente|cliente)\b/
const current =
  /\b(?:i am|im|i m) (?:already |currently )?(?:a |your |an? existing |a current )?(?:current )?(?:patient|client|member of the program)(?: here| there| of yours| with you)?\b|\bi(?:m| am) (?:already )?in (?:your|the) (?:program|iop)\b|\bya soy paciente\b|\bsoy paciente (?:de ustedes|aqui|actual)\b/
const court =
  /\b(?:court|judge|probation|parole|dui|dwi|drug court|mandated|corte|juez|tribunal|libertad condicional|orden judicial)\b/

export function volunteered(text: string): Volunteered {
  const folded = fold(text)
  const found: { name: string; value: GivenAnswer['value'] }[] = []
  const age = ownAgeIn(text)
  if (age !== null) found.push({ name: 'age', value: age })
  const pronouns = pronounsIn(text)
  if (pronouns !== null) found.push({ name: 'pronouns', value: pronouns }, { name: 'note.pronouns', value: 'yes' })
  const forWhom = forWhomIn(folded)
  if (forWhom !== null) found.push({ name: 'for-whom', value: forWhom })
  if (
    court.test(folded) &&
    !/\b(?:no|not|without|sin|ninguna?) (?:a |any )?(?:court|judge|probation|dui|corte|juez)\b/.test(folded)
  )
    found.push({ name: 'court', value: 'yes' })
  return found
}

function forWhomIn(folded: string): string | null {
  if (professional.test(folded)) return 'professional'
  if (current.test(folded)) return 'current-patient'
  if (forMyself.test(folded)) return 'self'
  if (young.test(folded)) return 'loved-one'
  return relative.test(folded) && (asksFor.test(folded) || folded.split(' ').length === 2) ? 'loved-one' : null
}
