/**
 * The notice of a lock: the account's owner reads it at the next sign-in, every admin's desk hears it at once.
 *
 * It is kept under the account's name until the owner has seen it, on whichever machine.
 */
import type { House } from '../house.ts'
import type { StaffRecord } from '../ports.ts'

const KEPT_MS = 30 * 86_400_000
/** Somebody who goes on trying is not a new notice each time. */
const QUIET_MS = 10 * 60_000
const HOLDER = 'desk'

const keyOf = (name: string): string => `locked/${name}`

/** An unknown name has no owner; the trail has its entry all the same. */
export async function noteLock(house: House, staff: StaffRecord | null): Promise<void> {
  if (!staff) return
  const now = house.clock.now()
  const last = await lastLock(house, staff.name)
  const until = new Date(now.getTime() + KEPT_MS).toISOString()
  await house.store.reserve({ key: keyOf(staff.name), holder: HOLDER, until }, now.toISOString())
  if (last !== null && now.getTime() - Date.parse(last) < QUIET_MS) return
  house.deskEvents.emit({ event: 'alarm', program: '', data: { reason: 'account-locked' } })
}

/** When somebody was last locked out under this name, said once; null = never since it was last said. */
export async function takeLockNotice(house: House, name: string): Promise<string | null> {
  const last = await lastLock(house, name)
  if (last !== null) await house.store.giveBack(keyOf(name), HOLDER)
  return last
}

async function lastLock(house: House, name: string): Promise<string | null> {
  const kept = await house.store.reservations(keyOf(name), house.clock.now().toISOString())
  const until = kept.find(({ key }) => key === keyOf(name))?.until
  return until ? new Date(Date.parse(until) - KEPT_MS).toISOString() : null
}
