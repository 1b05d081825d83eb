/**
 * Where people stop, for the figures page: the steps at which most wrote no more, and each flow drawn with its counts.
 *
 * Counting opens every stored conversation, so what was counted is shown for a while, and one count runs at a time.
 */
import { drawSvg } from '../../flows/engine/draw-svg.ts'
import { isMarked, type StepCount, shareOf } from '../../flows/engine/drop-off.ts'
import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'
import type { StaffRecord } from '../ports.ts'
import { storedDropOff } from '../scripts/stored-drop-off.ts'

const FRESH_MS = 15 * 60_000
const SHOWN = 12

type Counted = Awaited<ReturnType<typeof storedDropOff>> & { readonly at: number }

export interface Stops {
  /** The steps at which most people stopped, and the flows that can be drawn. */
  list(staff: StaffRecord): Promise<object>
  /** An SVG. @throws AdmissionsError `NOT_FOUND`. */
  draw(staff: StaffRecord, flow: string): Promise<string>
}

export function createStops(house: House): Stops {
  const known = new Map<string, Promise<Counted>>()
  let counting: Promise<unknown> = Promise.resolve()
  const { flows } = house.world.flows

  function countedFor({ programs }: StaffRecord): Promise<Counted> {
    const key = JSON.stringify(programs)
    const kept = known.get(key)
    if (kept) return kept
    const at = house.clock.now().getTime()
    const counted = counting.then(async () => ({ ...(await storedDropOff(house, programs)), at }))
    counting = counted.catch(() => undefined)
    known.set(key, counted)
    const forget = (): unknown => known.delete(key)
    counted.then(() => setTimeout(forget, FRESH_MS).unref(), forget)
    return counted
  }

  return {
    async list(staff) {
      const { conversations, dropOff, at } = await countedFor(staff)
      const steps = [...dropOff].filter(([, { stopped }]) => stopped > 0)
      steps.sort(([, one], [, other]) => other.stopped - one.stopped)
      const drawn = new Set([...dropOff.keys()].map((name) => name.split('/')[0] as string))
      return {
        conversations,
        countedAt: new Date(at).toISOString(),
        steps: steps.slice(0, SHOWN).map(([name, count]) => stepOf(name, count)),
        flows: [...flows.values()].filter(({ flow }) => drawn.has(flow)).map(({ flow, title }) => ({ flow, title })),
      }
    },
    async draw(staff, name) {
      const flow = flows.get(name)
      if (!flow) throw new AdmissionsError('NOT_FOUND', 'There is no flow of this name.')
      return drawSvg(flow, (await countedFor(staff)).dropOff)
    },
  }
}

function stepOf(name: string, count: StepCount) {
  const [flow, step] = name.split('/')
  return { flow, step, ...count, share: shareOf(count), isMarked: isMarked(count) }
}
