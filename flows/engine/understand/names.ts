/**
 * The name somebody wants to be called by, out of "my name is Ana" or just "Ana".
 */
const said =
  /^(?:hi|hello|hola|ok|sure|yes|si|sí)?[,.! ]*(?:my name is|my name's|the name is|name is|i am called|i go by|you can call me|just call me|call me|people call me|i'm|i am|im|it's|its|me llamo|mi nombre es|soy|puede llamarme|llámeme|llameme|dígame|digame)\s+(.+)$/i
const notNames =
  /\b(?:insurance|program|help|drinking|drugs|because|want|need|nothing|anonymous|seguro|ayuda|programa|porque|quiero|necesito|covered|waiting|scared|tired|sorry|not sure)\b/i

/** "(they/them)", "she/her", "mis pronombres son elle": only as said in so many words. */
const pronouns =
  /(?<![\s,;(\-–])[\s,;(\-–]*(?:\b(?:and )?my pronouns are |\bpronouns:? |\b(?:y )?mis pronombres son )?(?:(?<![\p{L}/])((?:she|he|they|ella|[eé]l|elle)\s*\/\s*(?:her|him|them|hers|his|theirs|they|she|he|ella|elle|[eé]l)(?:\s*\/\s*(?:hers|his|theirs))?)(?!\p{L})|(?<=pronouns are |pronouns:? |pronombres son )(she|he|they|ella|[eé]l|elle)(?!\p{L}))\)?/iu

/** As she wrote them, or null; "he/she" is how one speaks of anybody. */
export function pronounsIn(text: string): string | null {
  const found = pronouns.exec(text)
  const said = found ? (found[1] ?? found[2] ?? '').toLowerCase().replaceAll(/\s/g, '') : null
  return said === null || /^(?:s?he\/s?he|[eé]l\/ella|ella\/[eé]l)$/.test(said) ? null : said
}

export function nameIn(text: string): string | null {
  const bare = text
    .replace(pronouns, ' ')
    .trim()
    .replace(/(?<![.!,])[.!,]+$/, '')
  const name = (said.exec(bare)?.[1] ?? bare)
    .replace(/^(?:de|a)\s+/i, '')
    .replace(/(?<!\s)\s+(?:please|thanks|por favor|gracias)$/i, '')
    .trim()
  if (
    name.length > 60 ||
    name.split(/\s+/).length > 4 ||
    !/\p{L}/u.test(name) ||
    /[@?¿\d]/.test(name) ||
    notNames.test(name) ||
    /^(?:(?:for|to) )?(?:me|myself|someone|somebody)$|^(?:para )?(?:m[ií]|alguien)$/i.test(name)
  )
    return null
  return name
}
