import { ActionFault } from '../fault.ts'
import type { World } from '../world.ts'
import { bootconfig } from './bootconfig.ts'
import { netplan } from './netplan.ts'
import { runningNetwork } from './network.ts'
import { userData } from './userdata.ts'

const ENCODER = new TextEncoder()

/** Where the bytes of the file come from: each variable is one source, and exactly one may be set. */
const SOURCES: Readonly<Record<string, (world: World, value: string) => Promise<Uint8Array>>> = {
  CONTENTS: async (_, value) => ENCODER.encode(value),
  CONTENTS_BASE64: async (_, value) => fromBase64(value),
  BOOTCONFIG_CONTENTS: async (_, value) => bootconfig(value),
  HEGEL_URLS: (world, value) => userData(world, value),
  STATIC_NETPLAN: async world => ENCODER.encode(netplan(await runningNetwork(world.machine))),
}

export async function contentsOf(world: World): Promise<Uint8Array> {
  const given = Object.keys(SOURCES).filter(name =>
    name === 'STATIC_NETPLAN' ? world.variables.flag(name, false) : world.variables.text(name) !== undefined,
  )
  const [name] = given
  if (given.length > 1)
    throw new ActionFault('action/variable', `${given.join(' and ')} are set: one of them is wanted`)
  const source = name === undefined ? undefined : SOURCES[name]
  if (name === undefined || !source) {
    // An empty CONTENTS is an empty file; none at all is a mistake.
    if (world.env.CONTENTS === '') return new Uint8Array()
    throw new ActionFault('action/variable', `none of ${Object.keys(SOURCES).join(', ')} is set`)
  }
  return source(world, world.variables.required(name))
}

function fromBase64(text: string): Uint8Array {
  const plain = text.replace(/\s+/g, '')
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(plain) || plain.length % 4 !== 0) {
    throw new ActionFault('action/variable', 'CONTENTS_BASE64 is not base64')
  }
  return Buffer.from(plain, 'base64')
}
