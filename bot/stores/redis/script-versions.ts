/**
 * Published versions of the scripts on Redis: two hashes by version, and the plan.
 */
import type { ScriptStore } from '../../scripts/script-port.ts'
import type { Connection } from './connection.ts'
import { bytesOf, listOf, textOf } from './reply.ts'

export function redisScriptVersions(redis: Connection): ScriptStore {
  const bodies = `${redis.root}:script-bodies`
  const times = `${redis.root}:script-times`
  const plan = `${redis.root}:script-plan`
  return {
    async keepScript({ version, publishedAt, body }) {
      // The body first: a version that is listed can be read.
      await redis.ask('hsetnx', bodies, version, body)
      return (await redis.ask('hsetnx', times, version, publishedAt)) === 1
    },
    async script(version) {
      const [body, at] = [await redis.ask('hget', bodies, version), await redis.ask('hget', times, version)]
      return body === null || at === null ? null : { version, publishedAt: textOf(at), body: bytesOf(body) }
    },
    async scripts() {
      const versions = listOf(await redis.ask('hkeys', times)).map(textOf)
      if (versions.length === 0) return []
      const published = listOf(await redis.ask('hmget', times, ...versions)).map(textOf)
      const all = versions.map((version, index) => ({ version, publishedAt: published[index] ?? '' }))
      return all.toSorted((a, b) =>
        a.publishedAt === b.publishedAt ? (a.version < b.version ? -1 : 1) : a.publishedAt < b.publishedAt ? 1 : -1,
      )
    },
    async scriptPlan() {
      const value = await redis.ask('get', plan)
      return value === null ? null : textOf(value)
    },
    async setScriptPlan(value) {
      await redis.ask('set', plan, value)
    },
  }
}
