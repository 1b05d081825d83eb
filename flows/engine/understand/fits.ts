/**
 * Who a person is, where a resource of its own fits: heard in any sentence of the talk, by classes of words.
 *
 * What is said of somebody near ("my husband is a veteran") counts as well: these lines are there for families, too.
 * What is denied ("I'm not pregnant") does not.
 */
import { type Fit, fits } from '../../safety/fitting.ts'
import { fold } from './fold.ts'

const isOne = `(?:im|i am|ima|hes|he is|shes|she is|is|was|being|as|soy|es|fue|como)(?: (?:a|an|un|una|also|tambien|retired|disabled|former|old|combat|war)){0,3}`
const mine = '(?:my|our|mi|nuestro|nuestra)'
const elderly = '(?:grandma|grandmother|nana|granny|grandpa|grandfather|elderly \\w+|abuela|abuelo|abuelita|abuelito)'
const old = String.raw`(?:6[5-9]|[7-9]\d)`
const noAge = String.raw`(?! (?:%|percent|mg|ml|lbs?|pounds|kilos?|dollars|bucks|pesos|miles|minutes?|hours?|days?|weeks?|months?|times|beers|drinks|pills|mil|minutos|horas|dias|semanas|meses|veces|dolares|pastillas|st|th)\b)`
const carer =
  '(?:caregiver|caretaker|home (?:health )?aide|(?:my|his|her|the|moms|dads|grandmas|nanas|grandpas) aide|night nurse|cuidadora?|(?:el|la|muchacha) que (?:me|la|lo) cuida)'
const service = '(?:army|navy|marines?|air force|coast guard|national guard|military|ejercito|marina|fuerza aerea)'
const papers = '(?:passports?|visa|papers|documents|i ?d|pasaportes?|documentos|papeles)'
const nation =
  '(?:navajo|cherokee|lakota|sioux|ojibwe|anishinaabe|apache|choctaw|chickasaw|seminole|mohawk|lumbee|hopi|pueblo indian|blackfeet|cheyenne|alaska native|native hawaiian|first nations)'
const noTongue = '(?!.*\\b(?:speaker|plant|plants|language)\\b)'

const heardBy: Readonly<Record<Fit, RegExp>> = {
  trafficked: anyOf(
    `(?:human |sex |labor )?trafficked|trafficking (?:me|us|her|him|them)|trata de personas|victima de trata`,
    `(?:my|a|the|our|mi|un|el) (?:pimp|trafficker|proxeneta|padrote|tratante)`,
    String.raw`(?:sells|selling|sold|rents) (?:me|her|him|us|my body|her body) (?:to|for)\b`,
    String.raw`(?:makes?|making|made|forces?|forcing|forced|obliga|obligan|fuerza|fuerzan)(?: (?:me|her|him|us|a|to|into)){0,3} (?:prostitut\w+|sell (?:my|her|his) body|sleep with (?:men|strangers|clients|guys)|have sex (?:for money|with (?:men|strangers|clients)))`,
    String.raw`(?:me|la|lo|nos) (?:obliga|obligan|fuerza|fuerzan) a (?:prostituir\w*|vender(?:me|nos)?|acostarme|tener relaciones con)`,
    `me (?:vende|venden|vendio|vendieron) a (?:hombres|clientes|otros)`,
    `(?<!to )(?:took|takes?|keeps?|kept|has|holds?|locks?|locked|burned) (?:my|our|her|his|their|everyones) ${papers}\\b`,
    `(?:quito|quitaron|quita|tiene|tienen|guardan?|retienen?|escondio|esconde) (?:(?:el|los|las|la|mi|mis|su|sus|llaves|y|celular|telefono) ){1,4}${papers}`,
    String.raw`pimps?\b|traffickers?\b|(?:things|sex|sleep) with (?:the )?(?:customers|johns)|(?:men|tricks|johns|clients) (?:a|per|every|each) (?:night|day)`,
    `(?:work|working|worked|trabajar|trabajo|trabaja|trabajando) (?:it |this |off |for |free |gratis |sin |por |para ){0,4}(?:off (?:a|the|my|our|her|his) debt|till i pay|pagar (?:la|mi|su) deuda)`,
    `(?:sleep|sleeps|duermo|duerme|dormimos) (?:there|where i work|where she works|donde trabaj\\w+)(?= (?:and|y) (?:i|they|he|we|no|me|nos)\\b.*\\b(?:pay|paid|owe|debt|paga\\w*|deb\\w*|deuda))`,
  ),
  elder: anyOf(
    `elder abuse|abuso de ancianos|maltrato de ancianos|(?:in|at|en) (?:the|a|his|her|un|el|su) (?:nursing home|asilo)`,
    String.raw`(?:hits?|hitting|beats?|beating|hurts?|hurting|abus\w+|threatens?|neglects?|steals? from|pega|pegan|golpea|golpean|maltrata|maltratan)(?: a)? ${mine} ${elderly}`,
    `${mine} ${elderly} (?:is|was|gets|keeps|has|es|esta|fue) (?:being |getting |been |siendo )?(?:hit|beaten|hurt|abused|neglected|threatened|robbed|maltratad|golpead|abusad|amenazad)`,
    `a ${mine} ${elderly} (?:le|la|lo) (?:pega|golpea|maltrata|grita|roba|amenaza)n?`,
    `(?:im|i am|shes|she is|hes|he is|is|tengo|tiene|mama de|papa de) ${old}\\b${noAge}`,
    `${elderly}(?: \\w+){0,6} (?:bruis\\w+|moret\\w+|pension|checks?|cheques?|social security|marks)\\b`,
    `${carer}(?: \\w+){0,3} (?:slap\\w*|hit|hits|hitting|shov\\w+|pinch\\w*|push\\w*|twist\\w*|yell\\w*|pega|golpea|grita|empuja|pellizca|quita|dobla)\\b`,
    String.raw`(?:takes?|took|signs?|steals?|wants?|quita|quitan|cobra|cobran|sacar\w*) (?:my|his|her|their|la|el|mi|su|los) (?:social security|pension)\b`,
    String.raw`${old} (?:years? old|yr old|year old|yo)\b`,
  ),
  native: anyOf(
    `native american|american indian|indigenous (?:woman|man|person|girl|family)|mujer indigena|(?:${isOne}) (?:native|indigena)(?=$| (?:and|woman|man|girl|y))${noTongue}`,
    `(?:${isOne}|${mine}|an?) ${nation}`,
    `(?:on|off) (?:the|my|our) (?:rez|reservation)|tribal (?:member|police|land|clinic)|${mine} tribe`,
  ),
  mother: anyOf(
    `pregnant|embarazada|expecting a baby|weeks along|months along|postpartum|post partum|posparto|postparto`,
    `(?:just |recently )?(?:had|gave birth to|delivered) (?:a|my|our|the) (?:baby|son|daughter|newborn)(?! shower)|gave birth|di a luz|dio a luz|acabo de parir`,
    `${mine} (?:newborn|new baby|infant|recien nacid[oa])|new (?:mom|mother|mum)|mama primeriza|acabo de tener (?:un|una|a mi) (?:bebe|hij[oa])`,
    String.raw`(?:my|our|mi|nuestra?) (?:baby|babies|bebe|bebita|bebito)\b(?! (?:daddy|mama|dad|father|brother|sister|cousin|uncle|boy|doll|teeth))`,
    String.raw`(?:months?|weeks?|days?) old baby|baby is (?:only )?\w+ (?:days|weeks|months)|bebe (?:tiene|de) \w+ (?:dias|semanas|meses)`,
  ),
  veteran: anyOf(
    `veterans?|veteran[oa]s?|(?:${isOne}) (?:army |navy |marine |vietnam |iraq |gulf war |afghanistan )?vet(?=$| (?:and|with|who|i))`,
    String.raw`(?:i|he|she|we) (?:also )?(?:served|deployed|fought|enlisted) (?:in|to|as|with|for|two|three|four)\b|(?:my|his|her|two|three|four|last) (?:deployments?|tours)\b|tour of duty|back from (?:iraq|afghanistan|deployment|the war)`,
    `(?:${isOne}|in the|from the|left the|out of the|del|en el|en la|ex|former|mine|old) ${service}|active duty|combat ptsd`,
    `${service} (?:buddy|buddies|friend|husband|wife|son|daughter|dad|brother|sister|uncle|reserves?|guy|man|base|wife|widow)|(?:\\d|mine|hes a|6 \\d) marine\\b`,
    String.raw`(?:my|our|his|her|old|the|mi|su|nuestro) (?:old |drill |whole )?(?:platoon|battalion|infantry|gunner|sergeant|sargento|peloton|batallon|deployment)\b|(?:before|after|from|since|during|every|another) (?:the |my |his |her )?deployments?\b|(?:got|was|came|come|he|husband|son|wife) deployed`,
    String.raw`(?:fallujah|kandahar|mosul|baghdad|helmand|ramadi|khe sanh|kabul|vietnam|afghanistan|irak|iraq)\b|agent orange`,
    String.raw`(?:^|disabled |combat |old |war )vet here\b|(?:my|his|her|a|old) vet (?:buddy|buddies|friend|brother|husband|dad)\b|(?:disabled|combat) vets?\b|vet (?:disability|benefits|center)|whos a vet\b`,
  ),
}

const denied = /\b(?:not|isnt|arent|never|wasnt|no|nunca|ni)(?: (?:a|an|am|is|estoy|esta|soy|es|been|even|una?)){0,2}$/

function anyOf(...alternatives: readonly string[]): RegExp {
  return new RegExp(`\\b(?:${alternatives.join('|')})`, 'g')
}

/** Everything that was said of these, in all of these texts. */
export function fitsIn(texts: readonly string[]): ReadonlySet<Fit> {
  const folded = texts.map(fold)
  return new Set(fits.filter((fit) => folded.some((text) => isSaid(heardBy[fit], text))))
}

function isSaid(pattern: RegExp, text: string): boolean {
  // Hardly anything is said; looking for all of it takes a copy of the pattern.
  if (text.search(pattern) < 0) return false
  return text.matchAll(pattern).some(({ index }) => !denied.test(text.slice(0, index).trimEnd()))
}
