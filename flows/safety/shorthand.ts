/**
 * The shorthand in which the lexicon lists the forms of a word.
 *
 * A verb with all its endings is one entry, which keeps the files readable and the browser's tables small.
 */
const endings: Readonly<Record<string, string>> = {
  V: ' s ed ing',
  E: 'e es ed ing',
  Y: 'y ies ied ying',
  AR: 'ar o as a an amos e aste aron aba aban ando ado ada ara aran aria en es arme arte arse arlo arla arle arlos arnos andome andose andolo andola',
  ER: 'er o es e en emos i iste io ieron ia ian iendo ido ida iera eria a as an erme erte erse erlo erla erle ernos iendome iendose',
  IR: 'ir o es e en imos i iste io ieron ia ian iendo ido ida iera iria a as an irme irte irse irlo irla irle irnos iendome iendose',
}

/** "kill/V" stands for kill, kills, killed, killing; "mat/AR" for the forms of matar; "ris-/k/ks" for risk, risks. */
export function expand(shorthand: string): string[] {
  const [stem = '', ...parts] = shorthand.split('/')
  const code = endings[parts[0] ?? '']
  if (code !== undefined) return code.split(' ').map((ending) => stem + ending)
  if (parts[0] === 'D') return ['', 's', `${stem.at(-1)}ed`, `${stem.at(-1)}ing`].map((ending) => stem + ending)
  return stem.endsWith('-')
    ? parts.map((part) => stem.slice(0, -1) + part)
    : [stem, ...parts.map((part) => stem + part)]
}

/** The concepts whose words are worth mending a typing slip for; all other words stay as typed. */
export const correctedConcepts =
  'KILL KILLSELF DIE SUICIDE LIVE REFLEX SELFHARM WANT THINK GUN PILLS OPIOID BENZO OVERDOSE UNRESPONSIVE NOTBREATHING SEIZE HALLU BURDEN GOODBYE THREAT RAPE VOICES HOPELESS CHESTPAIN ALCOHOL CUT HURTVERB FEAR USED SHARP SKIN'.split(
    ' ',
  )
