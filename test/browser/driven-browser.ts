/**
 * Firefox and WebKitGTK by their own remote protocols, as far as the checks of `other-browsers.ts` need them.
 *
 * Firefox speaks WebDriver BiDi on a socket of its own; WebKitGTK's MiniBrowser is led by WebKitWebDriver.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WebSocket } from 'ws'

export interface DrivenBrowser {
  readonly name: string
  go(url: string): Promise<void>
  /** Runs an expression in the page and returns its value, which JSON can hold. */
  run<Value>(expression: string): Promise<Value>
  /** Presses keys one after the other, as a person would; `\uE007` is Enter, `\uE008` Shift, `\uE00C` Escape. */
  press(keys: string): Promise<void>
  /** The window as a PNG. */
  picture(): Promise<Buffer>
  close(): Promise<void>
}

const keyActions = (keys: string) => [
  {
    type: 'key',
    id: 'keys',
    actions: [...keys].flatMap((value) => [
      { type: 'keyDown', value },
      { type: 'keyUp', value },
    ]),
  },
]

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

async function untilAnswers<Value>(ask: () => Promise<Value>): Promise<Value> {
  for (let tries = 0; ; tries++) {
    try {
      return await ask()
    } catch (cause) {
      if (tries > 60) throw cause
      await pause(500)
    }
  }
}

/** Debian's firefox-esr, without a window. */
export async function startFirefox(port = 48_411): Promise<DrivenBrowser> {
  const profile = await mkdtemp(join(tmpdir(), 'porchlight-firefox-'))
  const flags = ['--headless', '--no-remote', '--profile', profile, `--remote-debugging-port=${port}`]
  const process = spawn('firefox-esr', flags, { stdio: 'ignore', env: { ...globalThis.process.env, HOME: profile } })
  const socket = await untilAnswers(() => openSocket(`ws://127.0.0.1:${port}/session`))
  const command = commands(socket)
  const { capabilities } = await command<{ capabilities: { browserVersion: string } }>('session.new', {
    capabilities: {},
  })
  const { contexts } = await command<{ contexts: { context: string }[] }>('browsingContext.getTree', {})
  const context = contexts[0]?.context
  await command('browsingContext.setViewport', { context, viewport: { width: 390, height: 780 } })
  return {
    name: `Firefox ${capabilities.browserVersion}`,
    go: (url) => command('browsingContext.navigate', { context, url, wait: 'complete' }).then(() => undefined),
    run: async (expression) => {
      const answer = await command<{ result?: { value?: string }; exceptionDetails?: { text: string } }>(
        'script.evaluate',
        { expression: asText(expression), target: { context }, awaitPromise: true },
      )
      if (answer.exceptionDetails) throw new Error(answer.exceptionDetails.text)
      return JSON.parse(answer.result?.value ?? 'null')
    },
    press: (keys) => command('input.performActions', { context, actions: keyActions(keys) }).then(() => undefined),
    picture: async () =>
      Buffer.from((await command<{ data: string }>('browsingContext.captureScreenshot', { context })).data, 'base64'),
    close: async () => {
      socket.close()
      await ended(process)
    },
  }
}

const asText = (expression: string) => `(async () => JSON.stringify(await (${expression})) ?? 'null')()`

function openSocket(url: string): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url)
    socket.once('open', () => resolve(socket))
    socket.once('error', reject)
  })
}

/** BiDi's numbered questions and answers. */
function commands(socket: WebSocket) {
  const waiting = new Map<number, (answer: { result?: unknown; message?: string }) => void>()
  socket.on('message', (data) => {
    const answer = JSON.parse(String(data)) as { id?: number; result?: unknown; message?: string }
    if (answer.id !== undefined) waiting.get(answer.id)?.(answer)
  })
  let count = 0
  return <Result>(method: string, params: object): Promise<Result> =>
    new Promise((resolve, reject) => {
      count += 1
      waiting.set(count, ({ result, message }) =>
        result ? resolve(result as Result) : reject(new Error(`${method}: ${message}`)),
      )
      socket.send(JSON.stringify({ id: count, method, params }))
    })
}

const MINI_BROWSER = '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser'

/** Debian's webkit2gtk-driver and the MiniBrowser, in the window of whatever DISPLAY is set (Xvfb does). */
export async function startWebKit(port = 48_412): Promise<DrivenBrowser> {
  const process = spawn('WebKitWebDriver', [`--port=${port}`], { stdio: 'ignore' })
  const base = `http://127.0.0.1:${port}`
  const capabilities = {
    alwaysMatch: { 'webkitgtk:browserOptions': { binary: MINI_BROWSER, args: ['--automation'] } },
  }
  const session = await untilAnswers(() =>
    post<{ sessionId: string; capabilities: { browserVersion: string } }>(`${base}/session`, { capabilities }),
  )
  const at = `${base}/session/${session.sessionId}`
  await post(`${at}/window/rect`, { width: 500, height: 860 }).catch(() => undefined)
  return {
    name: `WebKitGTK MiniBrowser ${session.capabilities.browserVersion}`,
    go: (url) => post(`${at}/url`, { url }).then(() => undefined),
    run: async (expression) => {
      const script = `const done = arguments[0]; ${asText(expression)}.then(done, (error) => done('{"failed":' + JSON.stringify(String(error)) + '}'))`
      return JSON.parse(await post<string>(`${at}/execute/async`, { script, args: [] }))
    },
    press: (keys) => post(`${at}/actions`, { actions: keyActions(keys) }).then(() => undefined),
    picture: async () => {
      const answer = (await (await fetch(`${at}/screenshot`)).json()) as { value: string }
      return Buffer.from(answer.value, 'base64')
    },
    close: async () => {
      await fetch(at, { method: 'DELETE' }).catch(() => undefined)
      await ended(process)
    },
  }
}

async function post<Value>(url: string, body: object): Promise<Value> {
  const answer = await fetch(url, { method: 'POST', body: JSON.stringify(body) })
  const { value } = (await answer.json()) as { value: Value & { message?: string } }
  if (!answer.ok) throw new Error(`${url}: ${value?.message ?? answer.status}`)
  return value
}

async function ended(process: ChildProcess): Promise<void> {
  process.kill()
  if (process.exitCode === null) await new Promise((resolve) => process.once('exit', resolve))
}
