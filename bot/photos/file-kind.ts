/**
 * What a file really is, by its first bytes: a name and a type can say anything.
 */
export type FileKind = 'jpeg' | 'png' | 'heic' | 'pdf'

/** Brands of ISO base media files that hold a HEIC still (ISO/IEC 23008-12, Annex B). */
const heicBrands = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1']

export function kindOf(file: Uint8Array): FileKind | null {
  const head = Buffer.from(file.buffer, file.byteOffset, Math.min(file.length, 1024))
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return 'jpeg'
  if (head.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))) return 'png'
  if (head.toString('latin1', 4, 8) === 'ftyp' && heicBrands.includes(head.toString('latin1', 8, 12))) return 'heic'
  return head.toString('latin1').startsWith('%PDF-') ? 'pdf' : null
}
