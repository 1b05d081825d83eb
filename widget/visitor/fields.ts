/**
 * The answer fields with their looks, loaded the first time that a question wants one.
 */
import css from './fields.css?inline'

export { drawField } from './field-view.ts'
export { drawPhoto } from './photo-view.ts'

const sheet = new CSSStyleSheet()
sheet.replaceSync(css)
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
