/**
 * Fitted weights as they stand in the generated files, one byte each, brought back into numbers.
 */
export function unpack(text: string): Int8Array {
  const bytes = atob(text)
  const values = new Int8Array(bytes.length)
  for (let at = 0; at < bytes.length; at += 1) values[at] = bytes.charCodeAt(at)
  return values
}
