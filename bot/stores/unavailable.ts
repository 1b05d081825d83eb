/**
 * A store that is not there: every call is refused, nothing is ever taken for kept.
 *
 * With it the service still answers when its data cannot be opened: pages and hotlines are served,
 * a sentence of danger brings the card, and everything else says that it was not kept.
 */
import { AdmissionsError } from '../errors.ts'
import type { Store } from '../ports.ts'

export function unavailableStore(cause: AdmissionsError): Store {
  const refuse = async (): Promise<never> => {
    throw new AdmissionsError(
      'STORE_UNAVAILABLE',
      'The store cannot be opened; nothing is kept until that is mended.',
      { cause },
    )
  }
  const calls = new Proxy({} as Store, {
    get: (_store, name) =>
      name === 'close'
        ? async () => undefined
        : name === 'then'
          ? undefined
          : name === 'keepsChanges'
            ? () => false
            : refuse,
  })
  return calls
}
