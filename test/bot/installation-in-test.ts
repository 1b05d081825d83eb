/**
 * A whole installation as `docs/deploy.md` tells it: Redis by TLS with an account, two machines, a proxy.
 *
 * The files are those of `deploy/`, with this machine's ports and folders in the place of the examples.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort } from '../contracts/redis-server.ts'
import { type SpawnedService, spawnService } from './spawned-service.ts'

export interface Installation {
  readonly machines: readonly [SpawnedService, SpawnedService]
  /** The certificate that everything here has. */
  readonly certificate: string
  /** Runs a proxy with its file of `deploy/`; gives its port. */
  proxy(name: 'nginx' | 'haproxy'): Promise<number>
  end(): Promise<void>
}

export async function install(): Promise<Installation> {
  const folder = mkdtempSync(join(tmpdir(), 'porchlight-installation-'))
  const certificate = makeCertificate(folder)
  const children: ChildProcess[] = []
  const redisPort = await startTlsRedis(folder, children)
  const settings = {
    REDIS_URL: `rediss://porchlight:CHANGE-ME@localhost:${redisPort}`,
    KEY: randomBytes(32).toString('base64'),
    DIRECT_LINE_SECRET: 'a-secret-for-tests-only',
    NODE_ENV: 'production',
    TRUSTED_PROXIES: 'loopback',
    DRAIN_SECONDS: '3',
    LOG_LEVEL: 'error',
    NODE_EXTRA_CA_CERTS: join(folder, 'tls.crt'),
    DATA_DIR: join(folder, 'never-made'),
  }
  const machines = await Promise.all([spawnService(settings), spawnService(settings)])
  return {
    machines,
    certificate,
    proxy: (name) => startProxy(name, { folder, machines, children }),
    async end() {
      await Promise.all(machines.map((machine) => machine.kill()))
      await Promise.all(children.map(endChild))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function makeCertificate(folder: string): string {
  const [key, crt] = [join(folder, 'tls.key'), join(folder, 'tls.crt')]
  const about = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1', '-days', '2']
  const how = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  execFileSync('openssl', [...how, '-keyout', key, '-out', crt, ...about], { stdio: 'ignore' })
  const certificate = readFileSync(crt, 'utf8')
  writeFileSync(join(folder, 'tls.pem'), certificate + readFileSync(key, 'utf8'))
  return certificate
}

/** `deploy/NAME` with what is said here in the place of its examples; each must be there. */
function fileFrom(name: string, folder: string, changes: readonly (readonly [string, string])[]): string {
  let text = readFileSync(`deploy/${name}`, 'utf8')
  for (const [example, here] of changes) {
    if (!text.includes(example)) throw new Error(`deploy/${name} does not say ${example}`)
    text = text.replaceAll(example, here)
  }
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}

async function startTlsRedis(folder: string, children: ChildProcess[]): Promise<number> {
  const port = await freePort()
  const file = fileFrom('redis.conf', folder, [
    ['bind 10.0.0.21', 'bind 127.0.0.1'],
    ['tls-port 6379', `tls-port ${port}`],
    ['/etc/redis/tls.crt', join(folder, 'tls.crt')],
    ['/etc/redis/tls.key', join(folder, 'tls.key')],
    ['/etc/redis/ca.crt', join(folder, 'tls.crt')],
  ])
  children.push(spawn('redis-server', [file, '--dir', folder], { stdio: ['ignore', 'ignore', 'inherit'] }))
  await listens(port)
  return port
}

interface Parts {
  readonly folder: string
  readonly machines: readonly SpawnedService[]
  readonly children: ChildProcess[]
}

async function startProxy(name: 'nginx' | 'haproxy', { folder, machines, children }: Parts): Promise<number> {
  const port = await freePort()
  const [one = '', other = ''] = machines.map((machine) => new URL(machine.address).host)
  const both = [
    ['10.0.0.11:3978', one],
    ['10.0.0.12:3978', other],
  ] as const
  if (name === 'nginx') {
    const file = fileFrom('nginx.conf', folder, [
      ...both,
      ['listen 443 ssl', `listen 127.0.0.1:${port} ssl`],
      ['/etc/porchlight/', `${folder}/`],
      ['access_log off;', `access_log off; ${temporaryFolders(folder)}`],
    ])
    const rest = `daemon off; pid ${join(folder, 'nginx.pid')};`
    children.push(
      spawn('/usr/sbin/nginx', ['-p', folder, '-c', file, '-e', 'stderr', '-g', rest], { stdio: 'inherit' }),
    )
  } else {
    const file = fileFrom('haproxy.cfg', folder, [
      ...both,
      ['maxconn 20000', 'maxconn 1000'],
      ['bind :443', `bind 127.0.0.1:${port}`],
      ['/etc/porchlight/', `${folder}/`],
    ])
    children.push(spawn('/usr/sbin/haproxy', ['-db', '-q', '-f', file], { stdio: 'inherit' }))
  }
  await listens(port)
  return port
}

function temporaryFolders(folder: string): string {
  const kinds = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  return kinds.map((kind) => `${kind}_temp_path ${join(folder, kind)};`).join(' ')
}

async function listens(port: number): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    const socket = connect(port, '127.0.0.1')
    const open = await once(socket, 'connect').then(
      () => true,
      () => false,
    )
    socket.destroy()
    if (open) return
    await wait(25)
  }
  throw new Error(`nothing listens on ${port}`)
}

async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  await once(child, 'exit')
}
