/**
 * What the chat loads only when it is wanted: answer fields, sources and the page about one's words.
 */
import css from './parts.css?inline'

export { drawField } from './field-view.ts'
export { openMyWords } from './my-words.ts'
export { drawFold } from './source-view.ts'

const sheet = new CSSStyleSheet()
sheet.replaceSync(css)
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
