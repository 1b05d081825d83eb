/**
 * Leaving in a hurry: a click, or Shift pressed three times alone.
 *
 * Everything on the page goes first, then the tab's memory, then the page itself is replaced, so
 * that Back does not bring it up again. Earlier history stays; we say so where we explain it.
 */
import { isFramed, tellHost } from './host-page.ts'

const SHIFTS = 3
const BETWEEN_MS = 5_000
/** So long the page around the frame has to leave by itself. */
const HOST_LEAVES_WITHIN_MS = 300

/** Empties the page and goes to the neutral one. */
export function leavePage(exit: string): void {
  document.body.replaceChildren()
  document.title = ''
  tellHost('porchlight:exit')
  if (isFramed) setTimeout(() => window.top?.location.replace(exit), HOST_LEAVES_WITHIN_MS)
  else location.replace(exit)
}

/** Counts lone presses of Shift; `onCount` hears how many are missing, 0 = leave now. */
export function watchShift(onCount: (missing: number) => void): void {
  let presses = 0
  let isAlone = false
  let timer: ReturnType<typeof setTimeout>
  addEventListener('keydown', (event) => {
    isAlone = event.key === 'Shift'
    if (!isAlone) presses = 0
  })
  addEventListener('keyup', (event) => {
    if (event.key !== 'Shift' || !isAlone) return
    presses += 1
    clearTimeout(timer)
    timer = setTimeout(() => {
      presses = 0
    }, BETWEEN_MS)
    onCount(SHIFTS - presses)
  })
}
