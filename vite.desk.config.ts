/**
 * Builds the admissions desk beside the widget, apart from it, so that nothing of it weighs on a visitor.
 */
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { packed } from './vite.compress.ts'
import { flattenPages } from './vite.flatten.ts'

export default defineConfig({
  base: '/widget/',
  publicDir: false,
  plugins: [flattenPages(), packed()],
  resolve: { conditions: ['production', 'module', 'browser'] },
  build: {
    outDir: fileURLToPath(new URL('dist/widget', import.meta.url)),
    emptyOutDir: false,
    target: 'es2022',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: { desk: fileURLToPath(new URL('widget/console/desk.html', import.meta.url)) },
      output: {
        entryFileNames: '[name]-[hash].js',
        chunkFileNames: 'desk-[name]-[hash].js',
        assetFileNames: '[name]-[hash][extname]',
      },
    },
  },
})
