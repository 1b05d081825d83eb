import { openSqliteStore } from '../../bot/stores/sqlite.ts'
import { storeContract } from './store-contract.ts'

storeContract('the embedded store', async () => openSqliteStore(':memory:'))
