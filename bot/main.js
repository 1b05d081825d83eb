/**
 * The service without its builder, for process managers: `node bot/main.js`.
 *
 * Compiled code is kept between starts, so the parts are loaded after that has been said. This one file is
 * JavaScript for the same reason: before then Node would load its whole TypeScript reader, for eight lines.
 */
import { enableCompileCache } from 'node:module'

enableCompileCache()
const { serve } = await import('./serve.ts')
process.exitCode = await serve()
