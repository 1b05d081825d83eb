/**
 * A visitor's words without what could name her: for a model outside, placeholders stand in their place.
 */
const LONGEST = 1_500

export function withoutNames(text: string): string {
  return text
    .slice(0, LONGEST)
    .replace(/\S+@\S+/g, '[e-mail]')
    .replace(/https?:\/\/\S+/g, '[link]')
    .replace(/\+?\d[\d\s()./-]{5,}\d/g, '[number]')
    .replace(/\b\p{L}*(?:\d\p{L}*){5,}\b/gu, '[number]')
    .replace(/(?<=[\p{Ll},;:]\s)\p{Lu}\p{Ll}+(?:\s\p{Lu}\p{Ll}+)*/gu, '[name]')
    .replace(/(?<=\b(?:my name is|i am called|me llamo|mi nombre es)\s)\p{L}+(?:\s\p{Lu}\p{Ll}+)*/giu, '[name]')
}
