import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { embeddedStore } from '../../bot/commands/embedded.ts'
import { readConfig } from '../../bot/config.ts'
import { readDeploymentKey, readDirectLineSecret } from '../../bot/keeping/deployment-key.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'porchlight-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const KEY_OF_TEST = Buffer.alloc(32, 1).toString('base64')
const SECRET_OF_HOOKS = `whsec_${Buffer.alloc(32, 7).toString('base64')}`

test('nothing set gives the embedded defaults', () => {
  expect(readConfig({})).toMatchObject({
    host: '127.0.0.1',
    port: 3978,
    dataDir: './data',
    rateLimitPerMinute: 60,
    production: false,
  })
})

test('in production everybody has a second factor, unless it is left to each person by name', () => {
  const production = { NODE_ENV: 'production', KEY: KEY_OF_TEST, DIRECT_LINE_SECRET: 'a-secret-for-tests-only' }
  expect(readConfig(production).secondFactorRequired).toBe(true)
  expect(readConfig({ ...production, SECOND_FACTOR: 'optional' }).secondFactorRequired).toBe(false)
  expect(readConfig({}).secondFactorRequired).toBe(false)
})

test.each([
  [{ PORT: 'eighty' }, 'PORT'],
  [{ PORT: '70000' }, 'PORT'],
  [{ RATE_LIMIT_PER_MINUTE: '-1' }, 'RATE_LIMIT_PER_MINUTE'],
  [{ KEY: 'c2hvcnQ=' }, 'KEY'],
  [{ REDIS_URL: 'http://cache' }, 'REDIS_URL'],
  [{ REDIS_URL: 'redis://a:6379,http://b' }, 'REDIS_URL'],
  [{ REDIS_URL: 'redis://a', DIRECT_LINE_SECRET: 'a-secret-for-tests-only' }, 'KEY_FILE'],
  [{ REDIS_URL: 'redis://a', KEY_FILE: '/key' }, 'DIRECT_LINE_SECRET'],
  [{ REDIS_ACCEPT_LOSS: 'everything' }, 'REDIS_ACCEPT_LOSS'],
  [{ REDIS_PREFIX: 'a b' }, 'REDIS_PREFIX'],
  [{ TRUSTED_PROXIES: 'everybody' }, 'TRUSTED_PROXIES'],
  [{ DRAIN_SECONDS: '-1' }, 'DRAIN_SECONDS'],
  [{ DIRECT_LINE_SECRET: 'short' }, 'DIRECT_LINE_SECRET'],
  [{ BOT_APP_ID: 'app' }, 'BOT_APP_PASSWORD'],
  [{ ON_CALL_WEBHOOK: 'https://pager.example' }, 'ON_CALL_WEBHOOK_SECRET'],
  [{ NODE_ENV: 'production' }, 'KEY_FILE'],
  [{ NODE_ENV: 'production', HOST: '0.0.0.0' }, 'PLAIN_HTTP=accepted'],
  [{ OPENID_ACR: 'gold' }, 'OPENID_ISSUER'],
  [{ OPENAI_API_KEY: 'sk-1' }, 'OPENAI_API_KEY'],
])('a wrong setting stops the start and is named: %o', (environment, name) => {
  expect(() => readConfig(environment)).toThrow(
    expect.objectContaining({ code: 'CONFIG_INVALID', message: expect.stringContaining(name) }),
  )
})

test('the value of a secret is never in a message', () => {
  const secret = 'hunter2-hunter2'
  try {
    readConfig({ KEY: secret, DIRECT_LINE_SECRET: secret.slice(0, 9) })
    expect.unreachable()
  } catch (error) {
    expect(String(error)).not.toContain('hunter2')
  }
})

test('key and secret are made once and kept', () => {
  const config = readConfig({ DATA_DIR: folder })
  expect(readDeploymentKey(config)).toEqual(readDeploymentKey(config))
  expect(readDirectLineSecret(config)).toBe(readDirectLineSecret(config))
})

test('a lost, another or a broken key stops the start with a sentence', () => {
  const config = readConfig({ DATA_DIR: folder })
  readDeploymentKey(config)
  const other = readConfig({ DATA_DIR: folder, KEY: Buffer.alloc(32, 7).toString('base64') })
  expect(() => readDeploymentKey(other)).toThrow(expect.objectContaining({ code: 'KEY_UNREADABLE' }))
  writeFileSync(join(folder, 'deployment.key'), 'not a key')
  expect(() => readDeploymentKey(config)).toThrow(expect.objectContaining({ code: 'KEY_UNREADABLE' }))
  rmSync(join(folder, 'deployment.key'))
  expect(() => readDeploymentKey(config)).toThrow(expect.objectContaining({ message: expect.stringContaining('gone') }))
})

test('on Redis, backup, restore and a new key say what one does instead', () => {
  const config = readConfig({
    REDIS_URL: 'redis://127.0.0.1:6379',
    KEY: Buffer.alloc(32, 7).toString('base64'),
    DIRECT_LINE_SECRET: 'a-secret-for-tests-only',
  })
  expect(() => embeddedStore(config, 'backup')).toThrow(/redis-cli --rdb/)
  expect(() => embeddedStore(config, 'restore')).toThrow(/appendonly no/)
  expect(() => embeddedStore(config, 'rotate')).toThrow(/stays as it is/)
})

test.each([
  [{ REDIS_URL: 'redis://cache.example:6379' }, /REDIS_URL must be rediss/],
  [{ OPENAI_BASE_URL: 'http://model.example/v1', OPENAI_MODEL: 'm' }, /OPENAI_BASE_URL must be https/],
  [{ WEBHOOK_URL: 'http://hooks.example', WEBHOOK_SECRETS: SECRET_OF_HOOKS }, /WEBHOOK_URL must be https/],
  [
    { ON_CALL_WEBHOOK: 'http://page.example', ON_CALL_WEBHOOK_SECRET: SECRET_OF_HOOKS },
    /ON_CALL_WEBHOOK must be https/,
  ],
])('production sends nothing in the clear to another machine: %o', (settings, named) => {
  const whole = { NODE_ENV: 'production', KEY: KEY_OF_TEST, DIRECT_LINE_SECRET: 'a-secret-for-tests-only', ...settings }
  expect(() => readConfig(whole)).toThrow(named)
  expect(() =>
    readConfig({ ...whole, WEBHOOK_ALLOW_INSIDE: 'cache.example,model.example,hooks.example,page.example' }),
  ).not.toThrow()
  expect(() => readConfig({ ...whole, NODE_ENV: 'development' })).not.toThrow()
})
