import { ActionFault } from '../fault.ts'
import { Download } from '../image/download.ts'
import { parseSource } from '../image/source.ts'
import type { World } from '../world.ts'

const PATH = '/2009-04-04/user-data'
const LIMIT = 16 * 1024 * 1024
const PATIENCE = 5_000
const STALL = 10_000

/** Fetches this machine's user data from the first metadata server of a comma list that has it. */
export async function userData(world: World, list: string): Promise<Uint8Array> {
  const refusals: string[] = []
  for (const base of list.split(',').map(each => each.trim())) {
    if (base === '') continue
    try {
      return await fetchFrom(world, `${base.replace(/\/+$/, '')}${PATH}`)
    } catch (error) {
      if (!(error instanceof ActionFault)) throw error
      refusals.push(error.message)
    }
  }
  throw new ActionFault(
    'action/download',
    `no metadata server has user data: ${refusals.join('; ') || 'HEGEL_URLS is empty'}`,
  )
}

async function fetchFrom({ signal, clock, log, env }: World, url: string): Promise<Uint8Array> {
  const source = parseSource(url, 'HEGEL_URLS')
  const download = await Download.open({ source, signal, clock, log, env, stall: STALL, patience: PATIENCE })
  const parts: Buffer[] = []
  for await (const chunk of download.bytes()) {
    parts.push(chunk)
    if (download.done > LIMIT)
      throw new ActionFault('action/download', `${source.shown}: more than ${LIMIT} bytes of user data`)
  }
  return Buffer.concat(parts)
}
