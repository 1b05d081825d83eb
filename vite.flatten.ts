/**
 * Puts the built pages side by side: `dist/widget/chat.html`, whatever folder their source is in.
 */
import { basename } from 'node:path'
import type { Plugin } from 'vite'

export function flattenPages(): Plugin {
  return {
    name: 'flatten-pages',
    enforce: 'post',
    generateBundle(_, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.fileName.endsWith('.html')) file.fileName = basename(file.fileName)
      }
    },
  }
}
