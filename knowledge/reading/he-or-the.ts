/**
 * "Él" without its accent is "el", and most write it so: whether a man is spoken of, or a thing has its article.
 */

/** Where "el" stands before one of these, or last of all ("¿y él?", "para él"), it is a man. */
const afterHe = new Set(
  (
    'es esta estaba estuvo fue era va iba viene vino vive bebe toma tomaba fuma usa usaba consume tiene tenia no ya ' +
    'se me le quiere quisiera puede podra podria debe necesita ha sigue dice dijo sale salio llego llega recayo hace ' +
    'trabaja asiste asistio dejo deja tambien solo sabe cree piensa esconde duerme come llama pide niega acepta ira'
  ).split(' '),
)

export function speaksOfHim(words: readonly string[]): boolean {
  return words.some((word, at) => word === 'el' && (at + 1 === words.length || afterHe.has(words[at + 1]!)))
}
