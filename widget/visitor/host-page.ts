/**
 * The line to the page around the frame: four words in all, and never anything about the talk.
 *
 * The words carry no payload, so they may go to whoever holds the frame; who may hold it is the
 * service's `frame-ancestors`. Only the parent itself is listened to.
 */
export type WordToHost = 'porchlight:ready' | 'porchlight:close' | 'porchlight:exit'

export const isFramed = window.parent !== window

export function tellHost(word: WordToHost): void {
  if (isFramed) window.parent.postMessage(word, '*')
}

/** Runs when the panel is shown; at once on a page of its own. */
export function whenOpened(run: () => void): void {
  if (!isFramed) run()
  addEventListener('message', (event) => {
    if (event.source === window.parent && event.data === 'porchlight:open') run()
  })
}
