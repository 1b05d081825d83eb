/**
 * Brings the gate and its card into the page once there is time for it, and keeps trying until both are there.
 */

import type { PageConfig } from './page-config.ts'
import type { BrowserGate } from './talk.ts'

const AGAIN_MS = 5_000
const whenIdle = window.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 300))

/** Hands over the gate when it is loaded: the card must not depend on the first moment's network. */
export function loadGate(region: PageConfig['region'], onLoaded: (gate: BrowserGate) => void): void {
  const load = () => {
    Promise.all([import('./gate.ts'), import('./first-card.ts')]).then(
      ([{ judge }, { gateOf }]) => onLoaded(gateOf(judge, region)),
      () => setTimeout(load, AGAIN_MS),
    )
  }
  whenIdle(load)
}
