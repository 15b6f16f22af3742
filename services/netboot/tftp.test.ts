import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MemoryJournal } from '../../machinery/api/journal.ts'
import { createLog, type LogLine } from '../../machinery/host/log.ts'
import { SimulatedClock } from '../../machinery/host/simulated/clock.ts'
import { memoryFiles } from '../../machinery/host/simulated/files.ts'
import { SimulatedNetwork } from '../../machinery/host/simulated/network.ts'
import { toHex, utf8 } from '../../wire/bytes.ts'
import { parseIpv4 } from '../../wire/ipv4.ts'
import { parseMac } from '../../wire/mac.ts'
import { decodeTftp, encodeTftp, type TftpPacket } from '../../wire/tftp/packet.ts'
import { machinesOf } from './hardware.ts'
import { machine } from './rack.ts'
import { openTftp } from './tftp.ts'

const plug = (name: string, address: string, last: number) => ({
  name,
  wire: 'w',
  address: parseIpv4(address) ?? assert.fail(),
  mac: parseMac(`02:00:00:00:00:0${last}`) ?? assert.fail(),
})

const bytes = (length: number) => Uint8Array.from({ length }, (_, at) => at % 251)
const FILES = {
  'undionly.kpxe': bytes(3000),
  'exact.efi': bytes(1024),
  'empty.efi': bytes(0),
  'large.efi': bytes(600_000),
}

type Client = {
  say(packet: TftpPacket, port?: number): Promise<void>
  readonly heard: { readonly packet: TftpPacket; readonly port: number }[]
}

async function lab(patience = 2) {
  const network = new SimulatedNetwork()
  const clock = new SimulatedClock()
  const journal = new MemoryJournal()
  const lines: LogLine[] = []
  const host = { clock, random: () => 0, log: createLog(clock, line => lines.push(line)) }
  const server = plug('eth1', '10.0.0.1', 1)
  const parts = {
    udp: network.machine(server),
    host,
    journal,
    machines: machinesOf([machine('rack1')]),
    files: memoryFiles(FILES),
  }
  const tftp = await openTftp({ address: '10.0.0.1' }, parts)
  const udp = network.machine(plug('eth0', '10.0.0.10', 2))
  const client = async (): Promise<Client> => {
    const heard: Client['heard'] = []
    const receive = ({ bytes, from }: { bytes: Uint8Array; from: { port: number } }) =>
      void heard.push({ packet: decodeTftp(bytes), port: from.port })
    const socket = await udp.open({ port: 0, receive })
    const say = async (packet: TftpPacket, port = 69) => {
      await socket.send(encodeTftp(packet), { address: '10.0.0.1', port })
      for (let i = 0; i < patience; i++) await clock.advance(0).then(() => network.quiet())
    }
    return { say, heard }
  }
  return { network, clock, journal, lines, tftp, client, [Symbol.asyncDispose]: () => tftp[Symbol.asyncDispose]() }
}

type Lab = Awaited<ReturnType<typeof lab>>

function read(file: string, options: Record<string, string> = {}, mode = 'octet'): TftpPacket {
  return { op: 'read', file, mode, options: new Map(Object.entries(options)) }
}

/** A client as RFC 1350 and 7440 want it: acknowledges the last block of each window, in order only. */
async function fetchFile(at: Lab, file: string, options: Record<string, string> = {}) {
  const client = await at.client()
  const parts: Uint8Array[] = []
  const window = Number(options.windowsize ?? 1)
  let [due, seen, granted, size] = [1, 0, new Map<string, string>() as ReadonlyMap<string, string>, 512]
  await client.say(read(file, options))
  for (let idle = 0; idle < 40; ) {
    const next = client.heard[seen]
    if (!next) {
      idle++
      await at.clock.advance(1000)
      await at.network.quiet()
      continue
    }
    seen++
    const { packet, port } = next
    if (packet.op === 'error') return { error: packet.message, granted, bytes: undefined }
    if (packet.op === 'options') {
      granted = packet.options
      size = Number(granted.get('blksize') ?? 512)
      await client.say({ op: 'ack', block: 0 }, port)
    } else if (packet.op === 'data') {
      if (packet.block === (due & 0xffff)) {
        parts.push(packet.bytes)
        due++
        idle = 0
        if (packet.bytes.length < size || (due - 1) % window === 0)
          await client.say({ op: 'ack', block: (due - 1) & 0xffff }, port)
        if (packet.bytes.length < size) return { bytes: Buffer.concat(parts), granted }
      } else if (seen === client.heard.length) await client.say({ op: 'ack', block: (due - 1) & 0xffff }, port)
    }
  }
  assert.fail(`${file}: nothing came any more after block ${due - 1}`)
}

for (const [file, options] of [
  ['undionly.kpxe', {}],
  ['exact.efi', {}],
  ['empty.efi', {}],
  ['large.efi', { blksize: '1468', tsize: '0' }],
  ['large.efi', { blksize: '8', windowsize: '16' }], // 75,001 blocks: their numbers wrap
  ['large.efi', { blksize: '1000', windowsize: '7', timeout: '2' }],
] as const) {
  test(`${file} ${JSON.stringify(options)} arrives whole`, async () => {
    await using at = await lab()
    const { bytes } = await fetchFile(at, file, options)
    assert.ok(bytes?.equals(FILES[file]))
  })
}

test('over a lossy wire every byte arrives too', async () => {
  await using at = await lab()
  let n = 0
  at.network.loses = () => n++ % 7 === 3
  for (const options of [{}, { blksize: '512', windowsize: '4' }] as Record<string, string>[]) {
    const { bytes } = await fetchFile(at, 'undionly.kpxe', options)
    assert.equal(toHex(bytes ?? assert.fail()), toHex(FILES['undionly.kpxe']))
  }
})

test('options are granted within bounds; unknown ones and nonsense are not answered', async () => {
  await using at = await lab()
  const asked = { blksize: '65464', tsize: '0', windowsize: '64', timeout: '3', multicast: '', utimeout: 'x' }
  const { granted } = await fetchFile(at, 'undionly.kpxe', asked).catch(() => assert.fail())
  assert.deepEqual(Object.fromEntries(granted), { blksize: '1468', windowsize: '16', timeout: '3', tsize: '3000' })
  const nonsense = await fetchFile(at, 'undionly.kpxe', { blksize: '7', timeout: '256', windowsize: '0' })
  assert.deepEqual(nonsense.granted.size, 0)
})

test('paths: the last element counts, a MAC before it is who asks, a trace context is cut off', async () => {
  await using at = await lab()
  const trace = '-00-23b1e307bb35484f535a1f772c06910e-d887dc3912240434-01'
  for (const path of ['/undionly.kpxe', 'any/where/undionly.kpxe', `01-02-03-04-05-06/undionly.kpxe${trace}`]) {
    assert.equal((await fetchFile(at, path)).bytes?.length, 3000, path)
  }
  for (const path of ['none.efi', '../undionly.kpxe/..', '', 'undionly.kpxe/']) {
    const { error } = await fetchFile(at, path)
    if (path.endsWith('/')) continue
    assert.equal(error, 'file not found', path)
  }
  const said = at.journal.observations.at(-1)
  assert.deepEqual([said?.what, said?.of], ['boot-file', { hardware: 'rack1', namespace: 'eksa-system' }])
  assert.deepEqual(said?.evidence, {
    file: 'undionly.kpxe',
    protocol: 'tftp',
    bytes: '3000',
    client: '10.0.0.10',
  })
})

test('writing, text mode and stray packets are refused by name', async () => {
  await using at = await lab()
  const client = await at.client()
  await client.say({ op: 'write', file: 'x', mode: 'octet', options: new Map() })
  await client.say(read('undionly.kpxe', {}, 'netascii'))
  await client.say({ op: 'ack', block: 7 })
  assert.deepEqual(
    client.heard.map(({ packet }) => packet.op === 'error' && [packet.code, packet.message]),
    [
      [2, 'files are only read here'],
      [4, 'mode netascii is not served; ask for octet'],
      [4, 'no request'],
    ],
  )
})

test('a firmware that only wanted the size ends it, and nothing was fetched', async () => {
  await using at = await lab()
  const client = await at.client()
  await client.say(read('undionly.kpxe', { tsize: '0' }))
  const port = client.heard[0]?.port ?? assert.fail()
  await client.say({ op: 'error', code: 8, message: 'User aborted' }, port)
  assert.deepEqual([at.journal.observations.length, at.lines.at(-1)?.sentence], [0, 'TFTP ended by the client'])
})

test('a client that falls silent is given up, and another’s packets do not disturb a transfer', async () => {
  await using at = await lab()
  const [silent, stranger] = [await at.client(), await at.client()]
  await silent.say(read('undionly.kpxe'))
  const port = silent.heard[0]?.port ?? assert.fail()
  await stranger.say({ op: 'ack', block: 1 }, port)
  assert.deepEqual(stranger.heard[0]?.packet, { op: 'error', code: 5, message: 'this transfer is not yours' })
  await at.clock.advance(10_000)
  await at.network.quiet()
  assert.equal(silent.heard.length, 8)
  assert.equal(at.lines.at(-1)?.sentence, 'TFTP client lost')
})

test('an acknowledgement twice over does not double the packets', async () => {
  await using at = await lab()
  const client = await at.client()
  await client.say(read('undionly.kpxe'))
  const port = client.heard[0]?.port ?? assert.fail()
  await client.say({ op: 'ack', block: 1 }, port)
  await client.say({ op: 'ack', block: 1 }, port)
  const blocks = client.heard.map(({ packet }) => packet.op === 'data' && packet.block)
  assert.deepEqual(blocks, [1, 2])
})

test('asking again from the same port starts no second transfer', async () => {
  await using at = await lab()
  const client = await at.client()
  for (let i = 0; i < 3; i++) await client.say(read('undionly.kpxe'))
  assert.equal(client.heard.length, 1)
})

test('nobody starts transfers without end', async () => {
  await using at = await lab()
  const clients = await Promise.all(Array.from({ length: 70 }, () => at.client()))
  for (const client of clients) await client.say(read('undionly.kpxe'))
  const last = clients.at(-1)?.heard[0]?.packet
  assert.ok(last?.op === 'error' && /too many/.test(last.message))
})

test('garbage is counted and ends nothing', async () => {
  await using at = await lab()
  const client = await at.client()
  await client.say({ op: 'read', file: utf8.decode(new Uint8Array(3).fill(255)), mode: 'octet', options: new Map() })
  const udp = at.network.machine(plug('eth2', '10.0.0.11', 3))
  await using socket = await udp.open({ port: 0, receive: () => undefined })
  for (const garbage of [bytes(0), bytes(1), Uint8Array.of(0, 9), Uint8Array.of(0, 1, 65, 65)]) {
    await socket.send(garbage, { address: '10.0.0.1', port: 69 })
  }
  await at.network.quiet()
  assert.equal(at.tftp.malformed.count, 4)
  assert.equal((await fetchFile(at, 'exact.efi')).bytes?.length, 1024)
})
