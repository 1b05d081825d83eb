/**
 * What staff have answered, on Redis: one hash whose fields are ids with their version.
 */
import type { LearnedRecord, LearnedStore } from '../../learning/learned-port.ts'
import { withEntry } from './audit.ts'
import type { Connection } from './connection.ts'
import { listOf, textOf } from './reply.ts'
import { scripts } from './scripts.ts'

export function redisLearned(redis: Connection): LearnedStore {
  const kept = `${redis.root}:learned`
  return {
    async keepLearned(record, event) {
      const given = [`${record.id} ${record.version}`, JSON.stringify(record), ...withEntry(event)]
      return (await redis.run(scripts.keepLearned, ...given)) === 1
    },
    async learned(programs) {
      const newest = new Map<string, LearnedRecord>()
      for (const value of listOf(await redis.ask('hvals', kept))) {
        const record = JSON.parse(textOf(value)) as LearnedRecord
        if (programs !== null && !programs.includes(record.program)) continue
        if ((newest.get(record.id)?.version ?? 0) < record.version) newest.set(record.id, record)
      }
      return [...newest.values()].sort((a, b) => b.at.localeCompare(a.at) || a.id.localeCompare(b.id))
    },
  }
}
