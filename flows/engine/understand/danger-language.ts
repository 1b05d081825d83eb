/**
 * The language of a sentence that names danger: such sentences are short, and their heavy words tell more than small ones.
 */
import type { Locale } from '../../vocabulary.ts'
import { fold } from './fold.ts'
import { languageOf } from './question-words.ts'

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '))

const spanish = set(
  'quiero quisiera morir morirme muero matar matarme mato suicidar suicidarme suicidio quitarme vida vivir vivo corte corto cortarme cortando sangre sangra sangrando sobredosis pastillas pastilla tome tomo tomado trago respira respiro respirar despierta desperta inconsciente convulsion convulsiona temblando tiemblo pecho duele pega pego golpea golpeo golpes amenaza amenazo miedo abusa abuso toca toco viola violo encierra voces pistola arma cuchillo puente bebe hijo hija nino nina esposo esposa marido novio novia padrastro papa mama hermano hermana amigo amiga ayuda ayudenme auxilio siento estoy tengo puedo aguanto mas nada nadie noche hoy ahora adios despedida',
)
const english = set(
  'want wanna kill killing killed myself die dying dead death suicide suicidal end ending life live living alive cut cutting bleeding blood overdose overdosed pills took taken breathing breathe wake awake unconscious seizure shaking chest pain hurts hits hit beats beat threatens threatened scared afraid abuse abused touches raped voices gun weapon knife bridge baby son daughter child husband wife boyfriend girlfriend stepdad brother sister friend help feel cant anymore nothing nobody tonight today now goodbye',
)

/** null where it may be either, or both. */
export function dangerLanguage(text: string): Locale | null {
  const known = languageOf(text)
  if (known !== null) return known
  const words = fold(text).split(' ')
  const es = words.filter((word) => spanish.has(word)).length
  const en = words.filter((word) => english.has(word)).length
  if (es > 0 && en === 0) return 'es-US'
  return en > 0 && es === 0 ? 'en-US' : null
}
