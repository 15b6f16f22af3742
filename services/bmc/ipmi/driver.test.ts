import assert from 'node:assert/strict'
import { test } from 'node:test'
import { silentLog } from '../../../machinery/host/log.ts'
import { SimulatedClock } from '../../../machinery/host/simulated/clock.ts'
import { dice } from '../../../machinery/host/simulated/dice.ts'
import type { Target } from '../driver.ts'
import { PowerFault } from '../fault.ts'
import { SimulatedBmc, type SimulatedBmcOptions } from '../simulated/bmc.ts'
import { type Fate, SimulatedNetwork } from '../simulated/network.ts'
import { ipmiDriver } from './driver.ts'

const target: Target = {
  host: '192.0.2.5',
  port: 623,
  user: 'admin',
  password: 'password',
  insecureTLS: true,
  options: {},
}

function world({ fate, ...options }: SimulatedBmcOptions & { fate?: (n: number) => Fate } = {}) {
  const clock = new SimulatedClock()
  const network = new SimulatedNetwork({ clock, ...(fate && { fate }) })
  const bmc = new SimulatedBmc(options)
  network.connect({ address: target.host, port: target.port }, bmc)
  const driver = ipmiDriver({ udp: network, host: { clock, log: silentLog, random: () => 0 } })
  return { clock, network, bmc, driver }
}

/** Lets time pass until the promise is settled, at most ten minutes of it. */
async function lived<T>(clock: SimulatedClock, promise: PromiseLike<T>): Promise<T> {
  let settled = false
  const noted = Promise.resolve(promise).finally(() => {
    settled = true
  })
  noted.catch(() => undefined) // awaited below
  for (let steps = 0; !settled && steps < 6000; steps++) await clock.advance(100)
  return noted
}

async function faultOf(clock: SimulatedClock, promise: Promise<unknown>): Promise<PowerFault> {
  return lived(clock, promise).then(
    () => assert.fail('it went well'),
    thrown => PowerFault.from(thrown),
  )
}

for (const { suites, how } of [
  { suites: [3, 17], how: 'IPMI 2.0, cipher suite 17' },
  { suites: [3], how: 'IPMI 2.0, cipher suite 3' },
]) {
  for (const listsSuites of [true, false]) {
    test(`a BMC that speaks ${suites}${listsSuites ? '' : ' and does not say so'} is spoken to by ${how}`, async () => {
      const { clock, bmc, driver } = world({ suites, listsSuites })
      const open = await lived(clock, driver.connect(target))
      assert.equal(open.how, how)
      assert.equal(await lived(clock, open.power()), 'off')
      await lived(clock, open.control('on'))
      assert.equal(await lived(clock, open.power()), 'on')
      assert.equal(await lived(clock, open.setBoot({ device: 'pxe', persistent: false, efi: true })), true)
      assert.deepEqual(bmc.chassis.boot, { valid: true, persistent: false, efi: true, device: 'pxe' })
      await lived(clock, open[Symbol.asyncDispose]())
      assert.equal(bmc.openSessions, 0)
      assert.equal(clock.waiting, 0, 'no timer is left behind')
    })
  }
}

test('the suite that the object asks for is used, and no other', async () => {
  const { clock, driver } = world()
  const asked = { ...target, options: { ipmitool: { cipherSuite: '3' } } }
  assert.equal((await lived(clock, driver.connect(asked))).how, 'IPMI 2.0, cipher suite 3')
  const odd = await faultOf(clock, driver.connect({ ...target, options: { ipmitool: { cipherSuite: '8' } } }))
  assert.equal(odd.code, 'bmc/unsupported')
  assert.match(odd.message, /"8".*17 and 3/)
})

test('the port of the options comes before that of the connection', async () => {
  const { clock, network, bmc, driver } = world()
  network.connect({ address: target.host, port: 6230 }, bmc)
  const open = await lived(clock, driver.connect({ ...target, port: 9, options: { ipmitool: { port: 6230 } } }))
  assert.equal(await lived(clock, open.power()), 'off')
})

test('a wrong password and an unknown user are for a person to mend, and the password is not told', async () => {
  const { clock, bmc, driver } = world()
  const wrong = await faultOf(clock, driver.connect({ ...target, password: 'guess-me' }))
  assert.equal(wrong.code, 'bmc/bad-credentials')
  assert.equal(wrong.cure, 'give-up')
  assert.doesNotMatch(JSON.stringify([wrong.message, wrong.facts]), /guess-me/)
  const unknown = await faultOf(clock, driver.connect({ ...target, user: 'nobody' }))
  assert.equal(unknown.code, 'bmc/bad-credentials')
  assert.match(unknown.message, /unauthorized name/)
  assert.equal(bmc.chassis.told.length, 0)
})

test('a BMC that is switched off is unreachable, and the sentence says what was tried', async () => {
  const { clock, bmc, driver } = world()
  bmc.chassis.silent = true
  const fault = await faultOf(clock, driver.connect(target))
  assert.equal(fault.code, 'bmc/unreachable')
  assert.equal(fault.cure, 'retry')
  assert.match(fault.message, /192\.0\.2\.5:623 did not answer .*, asked 4 times in 7\.5 s/)
  assert.equal(clock.waiting, 0, 'no timer is left behind')
})

test('a service that ends waits for no BMC', async () => {
  const { clock, network, bmc } = world()
  const stop = new AbortController()
  const host = { clock, log: silentLog, random: () => 0 }
  const driver = ipmiDriver({ udp: network, host, signal: stop.signal })
  bmc.chassis.silent = true
  const connecting = driver.connect(target)
  const outcome = assert.rejects(connecting, { name: 'AbortError' })
  await clock.advance(600)
  stop.abort()
  await outcome
  assert.equal(clock.waiting, 0)
})

test('a user who may only operate gets a session as operator', async () => {
  const { clock, driver } = world({ privilege: 'operator' })
  const open = await lived(clock, driver.connect(target))
  await lived(clock, open.control('on'))
  const refused = world({ privilege: 'user' })
  const fault = await faultOf(refused.clock, refused.driver.connect(target))
  assert.equal(fault.code, 'bmc/forbidden')
})

test('a BMC without a free session is busy', async () => {
  const { clock, driver } = world({ sessions: 1 })
  await lived(clock, driver.connect(target))
  const fault = await faultOf(clock, driver.connect(target))
  assert.equal(fault.code, 'bmc/busy')
  assert.match(fault.message, /insufficient resources/)
})

test('completion codes become faults with a cure', async () => {
  const { clock, bmc, driver } = world()
  const open = await lived(clock, driver.connect(target))
  for (const [completion, code] of [
    [0xc0, 'bmc/busy'],
    [0xc1, 'bmc/unsupported'],
    [0xd4, 'bmc/forbidden'],
    [0xd5, 'bmc/busy'],
    [0xff, 'bmc/refused'],
    [0x99, 'bmc/refused'],
  ] as const) {
    bmc.chassis.refusals.push(completion)
    assert.equal((await faultOf(clock, open.control('on'))).code, code)
  }
})

test('boot parameters that the BMC does without do no harm, flags that it refuses do', async () => {
  const { clock, bmc, driver } = world()
  const open = await lived(clock, driver.connect(target))
  bmc.chassis.refusals.push(0x80, 0xc9, 0xcc)
  assert.equal(await lived(clock, open.setBoot({ device: 'disk', persistent: true, efi: false })), true)
  bmc.chassis.refusals.push(0x80, 0xc9, 0xcc, 0xcc)
  const fault = await faultOf(clock, open.setBoot({ device: 'pxe', persistent: false, efi: true }))
  assert.equal(fault.code, 'bmc/unsupported')
})

test('flags that were accepted and not taken are noticed', async () => {
  const { clock, bmc, driver } = world()
  const open = await lived(clock, driver.connect(target))
  bmc.chassis.forgetful = true
  assert.equal(await lived(clock, open.setBoot({ device: 'pxe', persistent: false, efi: true })), false)
  bmc.chassis.boot = { valid: true, persistent: true, efi: false, device: 'disk' }
  const fault = await faultOf(clock, open.setBoot({ device: 'pxe', persistent: false, efi: true }))
  assert.equal(fault.code, 'bmc/not-taken')
})

test('names are resolved, and a name that nobody knows is said', async () => {
  const { clock, network } = world()
  const host = { clock, log: silentLog, random: () => 0 }
  const resolve = async (name: string) => {
    if (name === 'bmc-1.lab') return target.host
    throw new Error('ENOTFOUND')
  }
  const driver = ipmiDriver({ udp: network, host, resolve })
  const open = await lived(clock, driver.connect({ ...target, host: 'bmc-1.lab' }))
  assert.equal(await lived(clock, open.power()), 'off')
  assert.equal((await faultOf(clock, driver.connect({ ...target, host: 'bmc-2.lab' }))).code, 'bmc/unknown-host')
})

test('on a network that loses, doubles and delays, power still goes where it is sent', async () => {
  let again = 0
  for (let seed = 1; seed <= 40; seed++) {
    const random = dice(seed * 7919)
    const fate = (): Fate => {
      const roll = random()
      if (roll < 0.15) return []
      if (roll < 0.3) return [0, 40]
      return roll < 0.45 ? [Math.floor(random() * 900)] : [0]
    }
    const { clock, bmc, driver } = world({ fate, sessions: 100 })
    const provision = async () => {
      await using open = await driver.connect(target)
      await open.setBoot({ device: 'pxe', persistent: false, efi: true })
      await open.control('on')
      return await open.power()
    }
    // One answer in four is lost: now and then all four askings are, and that is said as a fault that asks for a retry.
    for (let tries = 1; ; tries++) {
      const power = await lived(clock, provision()).catch(thrown => PowerFault.from(thrown))
      if (power === 'on') break
      assert.equal(typeof power === 'string' ? power : power.cure, 'retry', `seed ${seed}`)
      assert.ok(tries < 4, `seed ${seed}: ${power}`)
      again++
    }
    assert.equal(bmc.chassis.power, 'on')
    assert.equal(bmc.chassis.boot.device, 'pxe')
  }
  assert.ok(again < 5, `${again} retries`)
})

test('noise on the port is dropped, whatever it is', async () => {
  const { clock, network } = world()
  const bmc = new SimulatedBmc()
  let noise = 0
  network.connect(
    { address: target.host, port: target.port },
    {
      receive: bytes => {
        const answer = bmc.receive(bytes)
        noise++
        if (noise % 2 === 0 || !answer) return answer
        return answer.map((byte, at) => (at === noise % answer.length ? byte ^ 0xff : byte))
      },
    },
  )
  const driver = ipmiDriver({ udp: network, host: { clock, log: silentLog, random: () => 0 } })
  const open = await lived(clock, driver.connect(target))
  await lived(clock, open.control('on'))
  assert.equal(bmc.chassis.power, 'on')
})
