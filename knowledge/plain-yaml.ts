/**
 * Plain YAML: the few forms that our own files are written in, read several times faster than YAML at large.
 *
 * A hundred programs must load in half a second, and reading YAML was half of that. Whatever goes beyond these
 * forms (a text over several lines, an anchor, a tab, a key given twice) is left to the library: `undefined`.
 */

type Line = { readonly indent: number; readonly text: string }
/** Thrown within this file alone, for what the library shall read. */
class NotPlain extends Error {}

/** @returns the value, or undefined where the text is not plain enough. */
export function parsePlainYaml(text: string): unknown {
  try {
    const lines = linesOf(text)
    if (lines.length === 0) return undefined
    const block = new Block(lines)
    const value = block.read(0)
    return block.isDone ? value : undefined
  } catch (cause) {
    if (cause instanceof NotPlain) return undefined
    throw cause
  }
}

function linesOf(text: string): Line[] {
  const lines: Line[] = []
  for (const raw of text.split('\n')) {
    const line = raw.trimEnd()
    const content = line.trimStart()
    if (content === '' || content.startsWith('#')) continue
    if (line.includes('\t') || content.startsWith('---') || content.startsWith('...')) throw new NotPlain()
    lines.push({ indent: line.length - content.length, text: content })
  }
  return lines
}

/** A key before its colon: letters, digits and what words are made of, or anything in quotes. */
const keyed = /^(?:([\p{L}\p{N}_$][\p{L}\p{N}_$'./-]*)|"([^"\\]+)"):(?: +(.*))?$/u

class Block {
  readonly #lines: Line[]
  #at = 0

  constructor(lines: Line[]) {
    this.#lines = lines
  }

  get isDone(): boolean {
    return this.#at === this.#lines.length
  }

  /** A map or a list whose lines begin at this indent. */
  read(indent: number): unknown {
    return this.#lines[this.#at]!.text.startsWith('- ') ? this.#list(indent) : this.#map(indent)
  }

  #map(indent: number): Record<string, unknown> {
    const map: Record<string, unknown> = {}
    for (let line = this.#lines[this.#at]; line !== undefined && line.indent >= indent; line = this.#lines[this.#at]) {
      const found = line.indent === indent ? keyed.exec(line.text) : null
      const key = found?.[1] ?? found?.[2]
      if (!found || key === undefined || Object.hasOwn(map, key) || key === '__proto__') throw new NotPlain()
      this.#at += 1
      map[key] = found[3] === undefined ? this.#below(indent) : this.#value(found[3], indent)
    }
    return map
  }

  #list(indent: number): unknown[] {
    const list: unknown[] = []
    for (let line = this.#lines[this.#at]; line !== undefined && line.indent >= indent; line = this.#lines[this.#at]) {
      if (line.indent !== indent || !line.text.startsWith('- ')) throw new NotPlain()
      const item = line.text.slice(2)
      if (item.startsWith(' ')) throw new NotPlain()
      if (keyed.test(item)) {
        // A map whose first key stands behind the dash goes on below that key.
        this.#lines[this.#at] = { indent: indent + 2, text: item }
        list.push(this.#map(indent + 2))
        continue
      }
      this.#at += 1
      list.push(this.#value(item, indent))
    }
    return list
  }

  /** What stands deeper than a key without a value; nothing there is null. */
  #below(indent: number): unknown {
    const next = this.#lines[this.#at]
    if (next === undefined || next.indent < indent) return null
    if (next.indent === indent) {
      if (next.text.startsWith('- ')) throw new NotPlain()
      return null
    }
    return this.read(next.indent)
  }

  #value(text: string, indent: number): unknown {
    const next = this.#lines[this.#at]
    if (next !== undefined && next.indent > indent) throw new NotPlain()
    return readValue(text)
  }
}

function readValue(text: string): unknown {
  if (text.includes(' #')) throw new NotPlain()
  const first = text[0]!
  if (first === '{' || first === '[') {
    const flow = new Flow(text)
    const value = flow.read()
    if (!flow.isDone) throw new NotPlain()
    return value
  }
  return first === '"' || first === "'" ? quoted(text) : scalar(text)
}

function quoted(text: string): string {
  const mark = text[0]!
  const inner = text.slice(1, -1)
  if (text.length < 2 || text.at(-1) !== mark || inner.includes('\\') || inner.includes(mark)) throw new NotPlain()
  return inner
}

/** Signs that begin something else than a plain word, and what ends one. */
const special = /^[-?:,[\]{}#&*!|>'"%@`]|: |:$/

function scalar(text: string): unknown {
  if (special.test(text)) throw new NotPlain()
  if (text === 'true') return true
  if (text === 'false') return false
  if (text === 'null' || text === '~') return null
  if (/^[1-9]\d{0,8}$|^0$/.test(text)) return Number(text)
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return text
  // Other numbers, and words that only a capital sets apart from true and null, are left to the library.
  if (/^[-+.]?\d[\da-fA-FxXoO.+_-]*$|^[.](inf|nan)$|^(true|false|null)$/i.test(text)) throw new NotPlain()
  return text
}

/** A map or a list within one line. */
class Flow {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  get isDone(): boolean {
    return this.#at === this.#text.length
  }

  read(): unknown {
    const first = this.#text[this.#at]
    if (first === '{') return this.#map()
    if (first === '[') return this.#list()
    if (first === '"' || first === "'") return quoted(this.#until(this.#text.indexOf(first, this.#at + 1) + 1))
    const rest = this.#text.slice(this.#at)
    return scalar(this.#until(this.#at + rest.search(/[,[\]{}]|$/)).trimEnd())
  }

  #until(end: number): string {
    if (end <= this.#at) throw new NotPlain()
    const text = this.#text.slice(this.#at, end)
    this.#at = end
    return text
  }

  #map(): Record<string, unknown> {
    const map: Record<string, unknown> = {}
    this.#each('}', () => {
      const found = /^([\p{L}\p{N}_$][\p{L}\p{N}_$'./-]*): +/u.exec(this.#text.slice(this.#at))
      if (!found || Object.hasOwn(map, found[1]!) || found[1] === '__proto__') throw new NotPlain()
      this.#at += found[0].length
      map[found[1]!] = this.read()
    })
    return map
  }

  #list(): unknown[] {
    const list: unknown[] = []
    this.#each(']', () => list.push(this.read()))
    return list
  }

  /** Entries with commas between them, up to the closing sign. */
  #each(close: string, entry: () => void): void {
    this.#at += 1
    this.#spaces()
    while (this.#text[this.#at] !== close) {
      entry()
      this.#spaces()
      if (this.#text[this.#at] === ',') this.#at += 1
      else if (this.#text[this.#at] !== close) throw new NotPlain()
      this.#spaces()
    }
    this.#at += 1
  }

  #spaces(): void {
    while (this.#text[this.#at] === ' ') this.#at += 1
  }
}
