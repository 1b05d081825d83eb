/**
 * One YAML file as a value, with the line and column of everything in it for whoever must mend it.
 */
import { LineCounter, parse, parseDocument } from 'yaml'

export interface Place {
  readonly line: number
  readonly column: number
}

export interface ParsedYaml {
  readonly value: unknown
  /** Where a path of keys stands, or the nearest thing around it. */
  readonly place: (path: readonly PropertyKey[]) => Place
  readonly problem: (Place & { readonly message: string }) | null
}

/** Places are only worked out when somebody asks: the plain reading is several times faster. */
export function parseYaml(text: string): ParsedYaml {
  const place = (path: readonly PropertyKey[]): Place => placeOf(text, path)
  try {
    return { value: parse(text), place, problem: null }
  } catch (cause) {
    const at = (cause as { linePos?: [{ line: number; col: number }] }).linePos?.[0]
    return {
      value: null,
      place,
      problem: {
        line: at?.line ?? 1,
        column: at?.col ?? 1,
        message: 'this is no YAML: look at the indentation and the quotes here',
      },
    }
  }
}

function placeOf(text: string, path: readonly PropertyKey[]): Place {
  const lines = new LineCounter()
  const tree = parseDocument(text, { lineCounter: lines })
  for (let length = path.length; length >= 0; length -= 1) {
    const node = tree.getIn(path.slice(0, length), true) as { range?: [number, number, number] } | undefined
    if (!node?.range) continue
    const { line, col } = lines.linePos(node.range[0])
    return { line, column: col }
  }
  return { line: 1, column: 1 }
}
