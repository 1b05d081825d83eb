/**
 * The types of the tag for pages written in TypeScript; copy this file beside them, or point `types` at it.
 */
export interface PorchlightChatElement extends HTMLElement {
  open(): void
  close(): void
  toggle(): void
}

declare global {
  interface HTMLElementTagNameMap {
    'porchlight-chat': PorchlightChatElement
  }
}
