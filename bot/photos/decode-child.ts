/**
 * Decodes one photo of a card and encodes it anew, in a process of its own: bytes in, JPEG out.
 *
 * What a stranger sends is read by native code, so it happens where a crash, a bomb or an endless loop
 * costs one child and not the house. Only pixels come out: no EXIF, no place, no script, no payload.
 * Exit codes: 0 a JPEG on standard output, 3 not readable, 4 too large, 5 a kind that is not taken.
 */
import { createRequire } from 'node:module'
import sharp, { type Sharp } from 'sharp'
import { type FileKind, kindOf } from './file-kind.ts'

/** Phones take 12 to 50 megapixels; a card is legible far below that. */
const PIXELS_MAX = 50_000_000
/** Longest side of what is kept, in pixels. */
const SIDE_MAX = 2_000
const QUALITY = 82

class TooLarge extends Error {}

interface Pixels {
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
}

async function decode(file: Buffer, kind: FileKind): Promise<Buffer> {
  if (kind === 'heic') return encode(raw(await heicPixels(file)))
  if (kind === 'pdf') return encode(raw(await pdfPixels(file)))
  const { width = 0, height = 0 } = await sharp(file, { limitInputPixels: false }).metadata()
  if (width * height > PIXELS_MAX) throw new TooLarge()
  return encode(sharp(file, { limitInputPixels: PIXELS_MAX, failOn: 'warning', sequentialRead: true }).autoOrient())
}

function raw({ data, width, height }: Pixels): Sharp {
  return sharp(data, { raw: { width, height, channels: 4 } })
}

function encode(image: Sharp): Promise<Buffer> {
  return image
    .resize({ width: SIDE_MAX, height: SIDE_MAX, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .jpeg({ quality: QUALITY })
    .toBuffer()
}

interface HeifImage {
  get_width(): number
  get_height(): number
  display(into: { data: Uint8ClampedArray; width: number; height: number }, done: (shown: unknown) => void): void
}

/** sharp's binaries come without HEVC, so libheif decodes it, as WebAssembly. */
async function heicPixels(file: Buffer): Promise<Pixels> {
  const libheif = createRequire(import.meta.url)('libheif-js/wasm-bundle')
  const [image] = new libheif.HeifDecoder().decode(file) as HeifImage[]
  if (!image) throw new Error('no image inside')
  const [width, height] = [image.get_width(), image.get_height()]
  if (width * height > PIXELS_MAX) throw new TooLarge()
  const data = new Uint8ClampedArray(width * height * 4)
  await new Promise<void>((resolve, reject) => {
    image.display({ data, width, height }, (shown) => (shown ? resolve() : reject(new Error('not decoded'))))
  })
  return { data: new Uint8Array(data.buffer), width, height }
}

/** The first page, at the size that is kept: the page's own measure never decides how much memory it takes. */
async function pdfPixels(file: Buffer): Promise<Pixels> {
  const { PDFiumLibrary } = await import('@hyzyla/pdfium')
  const library = await PDFiumLibrary.init()
  const document = await library.loadDocument(file)
  const page = document.getPage(0)
  const { originalWidth, originalHeight } = page.getOriginalSize()
  if (!(originalWidth > 0 && originalHeight > 0)) throw new Error('a page without a size')
  const fit = SIDE_MAX / Math.max(originalWidth, originalHeight)
  const [width, height] = [originalWidth, originalHeight].map((side) => Math.max(1, Math.round(side * fit)))
  const image = await page.render({ scale: 1, width, height, render: 'bitmap' })
  return { data: image.data, width: image.width, height: image.height }
}

async function main(): Promise<number> {
  const parts: Buffer[] = []
  for await (const part of process.stdin) parts.push(part as Buffer)
  const file = Buffer.concat(parts)
  const kind = kindOf(file)
  if (kind === null) return 5
  try {
    const jpeg = await decode(file, kind)
    await new Promise<void>((resolve) => process.stdout.write(jpeg, () => resolve()))
    return 0
  } catch (error) {
    return error instanceof TooLarge ? 4 : 3
  }
}

process.exitCode = await main()
