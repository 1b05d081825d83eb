import { openSqliteStore } from '../../bot/stores/sqlite.ts'
import { queueContract } from './queue-contract.ts'

queueContract('the queue of the embedded store', async () => openSqliteStore(':memory:'))
