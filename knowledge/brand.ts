/**
 * A program's own colour, checked before anybody sees it: white words stand on it.
 *
 * @see WCAG 2.2, relative luminance and contrast ratio.
 */
import { z } from 'zod'

const LEAST_CONTRAST = 4.5

/** `#rrggbb`, dark enough for white text (4.5 : 1). */
export const Brand = z
  .string()
  .regex(/^#[0-9a-fA-F]{6}$/, 'must be a colour like #27406b')
  .refine((colour) => contrastWithWhite(colour) >= LEAST_CONTRAST, {
    error: ({ input }) =>
      `is too light for white words (${contrastWithWhite(String(input)).toFixed(1)} : 1, at least 4.5 : 1): choose a darker one`,
  })

/** From 1 (white itself) to 21 (black). */
export function contrastWithWhite(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => linear(Number.parseInt(colour.slice(at, at + 2), 16) / 255))
  return 1.05 / (0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0) + 0.05)
}

function linear(channel: number): number {
  return channel <= 0.040_45 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
}
