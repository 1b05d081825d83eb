/**
 * The demo page's own script: sets the program's sentences, given by the service, as headed paragraphs.
 */
interface DemoConfig {
  readonly sections: readonly { readonly heading: string; readonly text: readonly string[] }[]
}

const block = document.getElementById('config')?.textContent ?? '{"sections":[]}'
const config = JSON.parse(block) as DemoConfig

function paragraphOf(tag: 'h2' | 'p', text: string): HTMLElement {
  const element = document.createElement(tag)
  element.textContent = text
  return element
}

const elements = config.sections.flatMap(({ heading, text }) => {
  const section = document.createElement('section')
  section.append(paragraphOf('h2', heading), ...text.map((words) => paragraphOf('p', words)))
  return section
})
document.querySelector('article')?.replaceChildren(...elements)
