/**
 * Whether somebody writes of a death: that wants a warm word before anything else, never "I did not get that".
 */
import { fold } from './fold.ts'

const who =
  '(?:son|daughter|child|baby|husband|wife|partner|boyfriend|girlfriend|brother|sister|twin|mother|mom|mum|mama|father|dad|friend|cousin|nephew|niece|uncle|aunt|grandmother|grandma|grandfather|grandpa|fiance|dog|cat|hijo|hija|bebe|esposo|esposa|marido|mujer|pareja|novio|novia|hermano|hermana|madre|padre|papa|amigo|amiga|primo|prima|sobrino|sobrina|tio|tia|abuelo|abuela|nieto|nieta|perro|gato)'
const of = '(?:my|our|mi|nuestro|nuestra)(?: (?:\\w+)){0,2}'
const died =
  '(?:died|has died|passed away|passed on|passed|was killed|was murdered|is dead|overdosed and died|murio|se murio|fallecio|ha muerto|ha fallecido)'

const grief = new RegExp(
  [
    `\\b(?:lost|losing|buried|burying|grieving|mourning) ${of} ?${who}\\b`,
    `\\b${of} ?${who}(?: (?:just|recently|suddenly|acaba de))? ${died}\\b`,
    `\\b(?:death|funeral|loss|muerte|funeral|perdida) (?:of|de) ${of} ?${who}\\b`,
    `\\b(?:perdi|perdimos|enterre|enterramos) a ${of} ?${who}\\b`,
    `\\b${died} ${of} ?${who}\\b`,
  ].join('|'),
)

export function isGrief(text: string): boolean {
  return grief.test(fold(text))
}
