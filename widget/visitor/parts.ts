/**
 * What the chat loads only when it is wanted: sources, the page about one's words, the question after a long quiet.
 */
import css from './parts.css?inline'

export { openMyWords } from './my-words.ts'
export { watchQuiet } from './quiet.ts'
export { drawSources } from './source-view.ts'

const sheet = new CSSStyleSheet()
sheet.replaceSync(css)
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
