import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { after, before, test } from 'node:test'
import { silentLog } from '../machinery/host/log.ts'
import { command } from './command.ts'
import { openNetwork } from './network.ts'

let dir = ''
before(async () => {
  dir = await mkdtemp(`${tmpdir()}/lab-network-`)
})
after(() => rm(dir, { recursive: true, force: true }))

const open = () => openNetwork({ dir, log: silentLog, random: Math.random })
const namespaces = () => command(['ip', 'netns', 'list'])

test('a client on the switch reaches the lab, and afterwards nothing is left', async () => {
  const network = await open()
  try {
    await network.addTap('tap-one')
    await network.addAddress('172.30.0.101')
    const client = await network.addClient('alice')
    await command([...client.enter, 'ip', 'address', 'add', '172.30.0.9/24', 'dev', client.interface])
    const arp = await command([...client.enter, 'ip', '-json', 'address', 'show', client.interface])
    assert.match(arp, /172\.30\.0\.9/)
    const links = await command([...network.enter, 'ip', 'link', 'show', 'master', network.bridge])
    assert.match(links, /tap-one/)
    assert.match(links, /alice/)
  } finally {
    await network[Symbol.asyncDispose]()
  }
  assert.ok(!(await namespaces()).includes(network.namespace))
  assert.deepEqual(await readdir(`${dir}/namespaces`), [])
})

test('processes left in the namespace are ended with it', async () => {
  const network = await open()
  const sleeper = command([...network.enter, 'sleep', '600'])
  const ended = assert.rejects(sleeper, { code: 'lab/command' })
  // It is inside once it is listed there.
  while ((await command(['ip', 'netns', 'pids', network.namespace])).trim() === '') await new Promise(setImmediate)
  await network[Symbol.asyncDispose]()
  await ended
})

test('what a killed lab left is swept by the next; a living lab is left alone', async () => {
  await using living = await open()
  const dead = await open()
  const claim = `${dir}/namespaces/${dead.namespace}.json`
  await writeFile(claim, JSON.stringify({ ...JSON.parse(await readFile(claim, 'utf8')), started: '1' }))
  await using _next = await open()
  const now = await namespaces()
  assert.ok(!now.includes(dead.namespace))
  assert.ok(now.includes(living.namespace))
})
