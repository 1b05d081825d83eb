/**
 * Fitted weights as they stand in the generated files, one byte each, brought back into numbers.
 */
export function unpack(text: string): Int8Array {
  const bytes = Buffer.from(text, 'base64')
  return new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length)
}
