/**
 * `serve`: builds the widget if its sources changed, then runs the service until it is told to stop.
 */
import { buildWidget } from '../build-widget.ts'
import type { Command } from '../cli.ts'
import { serve } from '../serve.ts'

export const serveCommand: Command = async () => {
  await buildWidget()
  return serve()
}
