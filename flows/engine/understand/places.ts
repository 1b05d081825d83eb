/**
 * The US state somebody names, by its name, its letters or a well-known city, in a short text.
 */
import { fold, isNear, words } from './fold.ts'

const names =
  'AL alabama,AK alaska,AZ arizona,AR arkansas,CA california,CO colorado,CT connecticut,DE delaware,DC washington dc,FL florida,GA georgia,HI hawaii,ID idaho,IL illinois,IN indiana,IA iowa,KS kansas,KY kentucky,LA louisiana,ME maine,MD maryland,MA massachusetts,MI michigan,MN minnesota,MS mississippi,MO missouri,MT montana,NE nebraska,NV nevada,NH new hampshire,NJ new jersey,NM new mexico,NY new york,NC north carolina,ND north dakota,OH ohio,OK oklahoma,OR oregon,PA pennsylvania,RI rhode island,SC south carolina,SD south dakota,TN tennessee,TX texas,UT utah,VT vermont,VA virginia,WA washington,WV west virginia,WI wisconsin,WY wyoming,PR puerto rico'
const states = names.split(',').map((one) => ({ code: one.slice(0, 2), name: one.slice(3) }))
const also: Readonly<Record<string, string>> = {
  jersey: 'NJ',
  'nueva jersey': 'NJ',
  'nueva york': 'NY',
  nyc: 'NY',
  brooklyn: 'NY',
  bronx: 'NY',
  manhattan: 'NY',
  queens: 'NY',
  philly: 'PA',
  philadelphia: 'PA',
  filadelfia: 'PA',
  pensilvania: 'PA',
  camden: 'NJ',
  newark: 'NJ',
  vineland: 'NJ',
  'atlantic city': 'NJ',
  trenton: 'NJ',
  miami: 'FL',
  chicago: 'IL',
  houston: 'TX',
  dallas: 'TX',
  tejas: 'TX',
  'los angeles': 'CA',
  'san francisco': 'CA',
  'carolina del norte': 'NC',
  'carolina del sur': 'SC',
  luisiana: 'LA',
  misuri: 'MO',
  'nuevo mexico': 'NM',
  'washington d c': 'DC',
  'd c': 'DC',
  cali: 'CA',
  penn: 'PA',
  mass: 'MA',
}
/** Letters that are also everyday words count only when they stand alone or in capitals. */
const ordinary = new Set(['IN', 'OR', 'ME', 'HI', 'OK', 'LA', 'DE', 'OH', 'ID', 'MA', 'PA', 'AL', 'CO'])

/** @returns the two letters, e.g. `NJ`; null when no single state is named. */
export function stateIn(text: string): string | null {
  const said = ` ${words(text).join(' ')} `
  const alone = text.trim().replaceAll('.', '').toUpperCase()
  if (states.some((state) => state.code === alone)) return alone
  const long = states
    .filter((state) => said.includes(` ${state.name} `))
    .toSorted((a, b) => b.name.length - a.name.length)
  const best = long.filter((state) => !long.some((other) => other !== state && other.name.includes(state.name)))
  if (best.length === 1) return best[0]!.code
  for (const [name, code] of Object.entries(also)) if (said.includes(` ${name} `)) return code
  const letters = states.filter((state) =>
    new RegExp(`(^|[\\s,])${state.code}([\\s,.]|$)`, ordinary.has(state.code) ? '' : 'i').test(text.trim()),
  )
  if (letters.length === 1) return letters[0]!.code
  const slip = states.filter((state) => isNear(state.name, fold(text)))
  return slip.length === 1 ? slip[0]!.code : null
}
