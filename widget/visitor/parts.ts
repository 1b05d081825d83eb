/**
 * What the chat loads only when it is wanted: sources and the page about one's words.
 */
import css from './parts.css?inline'

export { openMyWords } from './my-words.ts'
export { drawSources } from './source-view.ts'

const sheet = new CSSStyleSheet()
sheet.replaceSync(css)
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
