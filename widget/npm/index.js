/**
 * Brings the tag's script from your own Porchlight service, so that it always fits what the service speaks.
 *
 * The launcher itself is not in this package on purpose: it opens its frame from wherever it was loaded.
 */

/**
 * Defines `<porchlight-chat>` once, however often it is called; without a page (on a server) it does nothing.
 *
 * @param {string | URL} service - the address of the service, such as `https://chat.example.org`.
 * @returns {Promise<void>} rejected when the script cannot be had; the links inside the tag are shown then.
 */
export async function loadPorchlight(service) {
  if (typeof document === 'undefined') return
  await import(/* @vite-ignore */ /* webpackIgnore: true */ new URL('/widget/porchlight-chat.js', service).href)
}
