/**
 * What a store keeps of the scripts: every version that was ever published, once, and which one is current.
 *
 * Scripts are the project's own words, nobody's private ones, so they stand unsealed.
 */

export interface ScriptVersionRecord {
  /** Content hash of all files. */
  readonly version: string
  readonly publishedAt: string
  /** The packed files, see `script-bundle`. */
  readonly body: Uint8Array
}

export interface ScriptStore {
  /** A version that is there stays as it is; true when it is new. */
  keepScript(record: ScriptVersionRecord): Promise<boolean>
  script(version: string): Promise<ScriptVersionRecord | null>
  /** Newest first, without the files. */
  scripts(): Promise<readonly Omit<ScriptVersionRecord, 'body'>[]>
  /** Which version new conversations start with and where running ones move, see `script-plan`; null at first. */
  scriptPlan(): Promise<string | null>
  setScriptPlan(plan: string): Promise<void>
}
