/**
 * The service without its builder, for process managers: `node bot/main.ts`.
 *
 * Compiled code is kept between starts (a third of the start-up time), so the parts are loaded after
 * that has been said.
 */
import { enableCompileCache } from 'node:module'

enableCompileCache()
const { serve } = await import('./serve.ts')
process.exitCode = await serve()
