/**
 * Compiles the hotline register into the table that the service and the browser load.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

const folder = join(import.meta.dirname, '../flows/safety')

/** The generated module's text, for the build and for the test that keeps it fresh. */
function compileHotlines(): string {
  const entries = parse(readFileSync(join(folder, 'hotlines.yaml'), 'utf8')) as Record<string, unknown>[]
  const rows = entries.map((entry) => `  ${JSON.stringify(entry)},`).join('\n')
  return `// Generated from hotlines.yaml by npm run gate. Do not edit.\nimport type { Hotline } from './hotlines.ts'\n\nexport const hotlines: readonly Hotline[] = [\n${rows}\n]\n`
}

if (import.meta.main) writeFileSync(join(folder, 'hotlines.generated.ts'), compileHotlines())
