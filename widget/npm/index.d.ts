export type { PorchlightChatElement } from './porchlight-chat-element.d.ts'

/**
 * Defines `<porchlight-chat>` once, however often it is called; without a page (on a server) it does nothing.
 *
 * @param service - the address of the service, such as `https://chat.example.org`.
 * @returns rejected when the script cannot be had; the links inside the tag are shown then.
 */
export function loadPorchlight(service: string | URL): Promise<void>
