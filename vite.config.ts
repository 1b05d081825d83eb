/**
 * Builds what people see into dist/widget: the tag's own file under its plain name, the rest hashed.
 *
 * The pages are HTML templates that the service fills and serves; their scripts and styles are static.
 */
import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'vite'
import { packed } from './vite.compress.ts'
import { flattenPages } from './vite.flatten.ts'

const at = (path: string) => fileURLToPath(new URL(`widget/${path}`, import.meta.url))

/** One file for all that a first message needs: it packs tighter, and no part waits for another. */
const FIRST_MESSAGE =
  /\/lit|widget\/shared\/(?!words-es|line-polling|line-upload)|widget\/visitor\/(?!parts|field|photo|my-words|source|answer|gate|browser|first|chat.html|plain|quiet)/

interface SyntaxNode {
  readonly type: string
  readonly [key: string]: unknown
}

/** Takes the indentation out of html`…` templates and of the launcher's CSS; words inside keep their single spaces. */
function slimTemplates(): Plugin {
  return {
    name: 'slim-templates',
    transform(code, id) {
      if (!id.includes('/widget/') || !/(html|Css = )`/.test(code)) return null
      const cuts: { start: number; end: number }[] = []
      walk(this.parse(code) as unknown as SyntaxNode, (node) => {
        if (node.type === 'TemplateElement') cuts.push({ start: Number(node.start), end: Number(node.end) })
      })
      let slim = code
      for (const { start, end } of cuts.reverse()) {
        const text = slim
          .slice(start, end)
          .replace(/>\s*\n\s*(?=[<$]|$)/g, '>')
          .replace(/\s*\n\s*/g, id.endsWith('-css.ts') ? '' : ' ')
        slim = slim.slice(0, start) + text + slim.slice(end)
      }
      return { code: slim, map: null }
    },
  }
}

function walk(node: SyntaxNode, visit: (node: SyntaxNode) => void): void {
  visit(node)
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (child && typeof child === 'object' && 'type' in child) walk(child as SyntaxNode, visit)
    }
  }
}

/** Vite wraps each late part in a loader of its styles; ours bring their styles with them, so the wrapping goes. */
function plainImports(): Plugin {
  const wrapped =
    /\b\w+\((?:\(\)=>|async\(\)=>\{[^{}]*\{[^{}]*\}=await )(import\(`[^`]+`\))(?:;return\{[^{}]*\}\})?,\[\]\)/g
  return {
    name: 'plain-imports',
    enforce: 'pre',
    load: (id) => (id.endsWith('vite/preload-helper.js') ? 'export const __vitePreload = (load) => load()' : null),
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        for (const chunk of Object.values(bundle))
          if (chunk.type === 'chunk') chunk.code = chunk.code.replace(wrapped, '$1')
      },
    },
  }
}

/** Lit registers itself for other copies and for old browsers; in our frame there are none. */
function lonelyLit(): Plugin {
  return {
    name: 'lonely-lit',
    transform: (code, id) =>
      id.endsWith('/lit-html.js')
        ? {
            code: code.replace(/(const j=\{[^{}]*\}),\w+=\w+\.litHtmlPolyfillSupport;.*?\.push\("[\d.]+"\);/, '$1;'),
            map: null,
          }
        : null,
  }
}

export default defineConfig({
  base: '/widget/',
  publicDir: false,
  plugins: [plainImports(), lonelyLit(), slimTemplates(), flattenPages(), packed()],
  // Lit's plain build, also when a test runner says that this is no production.
  resolve: { conditions: ['production', 'module', 'browser'] },
  worker: {
    format: 'es',
    plugins: () => [packed()],
    rolldownOptions: {
      output: {
        codeSplitting: { groups: [{ name: 'first-card', test: /first-(card|words)|safety\/hotlines/ }] },
        entryFileNames: '[name]-[hash].js',
        chunkFileNames: '[name]-[hash].js',
      },
    },
  },
  build: {
    outDir: fileURLToPath(new URL('dist/widget', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    // The browsers that know light-dark(); older ones show the same page in plain black on white.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: {
        'porchlight-chat': at('launcher/porchlight-chat.ts'),
        chat: at('visitor/chat.html'),
        plain: at('visitor/plain.html'),
        demo: at('demo/demo.html'),
      },
      output: {
        codeSplitting: { groups: [{ name: 'chat', test: FIRST_MESSAGE }] },
        entryFileNames: ({ name }) => (name === 'porchlight-chat' ? '[name].js' : '[name]-[hash].js'),
        chunkFileNames: '[name]-[hash].js',
        assetFileNames: '[name]-[hash][extname]',
      },
    },
  },
})
