/**
 * The mark: a small porch lamp on the night's blue.
 */
import { svg } from 'lit'

const lines =
  'M11 1h2v2l7 5v1H4V8l7-5zM6 10h12l-2 10H8zm6 2c-1 2-2.5 3-2.5 4.5a2.5 2.5 0 0 0 5 0c0-1.5-1.5-2.5-2.5-4.5zM8 21h8v2H8z'

export const lamp = svg`<svg class="lamp" viewBox="0 0 24 24" aria-hidden="true"><path d=${lines} /></svg>`
