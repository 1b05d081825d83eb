/**
 * The tag in JSX: `import type {} from 'porchlight-chat/react'` once in a project with React's types.
 */
import type { DetailedHTMLProps, HTMLAttributes } from 'react'
import type { PorchlightChatElement } from './porchlight-chat-element.d.ts'

interface PorchlightChatAttributes extends HTMLAttributes<PorchlightChatElement> {
  program: string
  label?: string
  position?: 'end' | 'start'
  isolation?: 'frame' | 'inline'
  launcher?: 'none'
  discreet?: boolean
  exit?: string
  onready?: (event: Event) => void
  onopen?: (event: Event) => void
  onclose?: (event: Event) => void
  onerror?: (event: Event) => void
}

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'porchlight-chat': DetailedHTMLProps<PorchlightChatAttributes, PorchlightChatElement>
    }
  }
}
