/**
 * The service without its builder, for process managers: `node bot/main.js`.
 *
 * Compiled code is kept between starts, so the parts are loaded after that has been said. This one file is
 * JavaScript for the same reason: before then Node would load its whole TypeScript reader, for eight lines.
 */
import module from 'node:module'

const OLDEST = 24
if (Number(process.versions.node.split('.')[0]) < OLDEST) {
  process.stderr.write(
    `Node ${process.versions.node} is too old: start it by npm, which brings its own, or install Node ${OLDEST}.\n`,
  )
  process.exit(1)
}
module.enableCompileCache()
const { serve } = await import('./serve.ts')
process.exitCode = await serve()
