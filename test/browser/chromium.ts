/**
 * Debian's Chromium with an empty profile and nothing in the background.
 */
import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'

/** @throws Error that says how to install it: a missing browser is never skipped in silence. */
export function startChromium(): Promise<Browser> {
  if (!existsSync(executablePath)) throw new Error('Chromium is missing: apt-get install chromium, or set CHROMIUM')
  const args = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ]
  return chromium.launch({ executablePath, args })
}
