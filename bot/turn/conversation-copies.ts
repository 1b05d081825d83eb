/**
 * Open copies: the last few thousand conversations stay readable in memory.
 *
 * A copy may be older than the store, where another machine took a turn. Whoever reads asks for the
 * version first; whoever writes names the version that it read, so a stale copy is never written.
 */
import type { KeyObject } from 'node:crypto'
import type { Vault } from '../keeping/vault.ts'
import type { ConversationRecord, ConversationStore } from '../ports.ts'
import type { LiveConversation } from './conversations.ts'
import { openState } from './sealed-records.ts'

const OPEN_AT_MOST = 4_000
/** What was erased lately is not kept again by whoever had read it before, or was writing in it. */
const GONE_AT_MOST = 1_000
/** Turns that ask first after one was outrun: machines behind a proxy that sends each post anywhere are outrun often. */
const WARY_TURNS = 100

export interface Copies {
  /** As the store has it now; null when there is none, or it was erased. */
  load(id: string): Promise<LiveConversation | null>
  /** Perhaps an older copy, without asking: good for a turn, whose commit names the version that it read. */
  recent(id: string): Promise<LiveConversation | null>
  /** Its key, which never changes; null when there is no such conversation. */
  keyOf(id: string): Promise<KeyObject | null>
  /** Takes over what was just committed, so that the next turn need not read it. */
  keep(live: LiveConversation): void
  /** @param id - `any` = all of them. */
  forget(id: string | 'any'): void
  /** A commit found a newer version: the copy goes, and the next turns ask before they trust theirs. */
  outrun(id: string): void
}

/** @param isShared - other machines take turns of the same conversations. */
export function createCopies(store: ConversationStore, vault: Vault, isShared: boolean): Copies {
  const { open, keep, forget } = createOpen()
  let wary = 0
  const outrun = (id: string): void => {
    open.delete(id)
    // Alone, a version that is ahead is our own, on its way to the disk.
    if (isShared) wary = WARY_TURNS
  }
  const load = async (id: string): Promise<LiveConversation | null> => {
    const known = open.get(id)
    if (!known) return read(store, vault, id)
    const record = await store.loadSince(id, known.version)
    if (record === 'same') return known
    outrun(id)
    return record && openRecord(record, known.key)
  }
  // Kept, because a message is heard with it first and then taken.
  const readOpen = async (id: string): Promise<LiveConversation | null> => {
    const live = open.get(id) ?? (await read(store, vault, id))
    if (live && !open.has(id)) keep(live)
    return open.get(id) ?? live
  }
  return {
    load,
    recent(id) {
      if (wary === 0) return readOpen(id)
      wary -= 1
      return load(id)
    },
    keyOf: async (id) => (await readOpen(id))?.key ?? null,
    keep,
    forget,
    outrun,
  }
}

/** The newest so many, the oldest first, and none that was erased lately. */
function createOpen(): { open: Map<string, LiveConversation> } & Pick<Copies, 'keep' | 'forget'> {
  const open = new Map<string, LiveConversation>()
  const gone = new Set<string>()
  return {
    open,
    keep(live) {
      if (gone.has(live.id)) return
      open.delete(live.id)
      open.set(live.id, live)
      if (open.size > OPEN_AT_MOST) open.delete(open.keys().next().value as string)
    },
    forget(id) {
      if (id === 'any') return open.clear()
      open.delete(id)
      gone.add(id)
      if (gone.size > GONE_AT_MOST) gone.delete(gone.keys().next().value as string)
    },
  }
}

async function read(store: ConversationStore, vault: Vault, id: string): Promise<LiveConversation | null> {
  const record = await store.load(id)
  return record && openRecord(record, vault.unwrap(id, record.wrappedKey))
}

/** Its client keys are the store's to say. */
function openRecord(record: ConversationRecord, key: KeyObject): LiveConversation {
  const { id, program, user, version, lastSeq, changes } = record
  const state = openState(key, record)
  return { id, program, user, key, version, lastSeq, state, sinceWhole: changes.length, taken: null }
}
