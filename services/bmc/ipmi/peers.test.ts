import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { systemClock } from '../../../machinery/host/clock.ts'
import { silentLog } from '../../../machinery/host/log.ts'
import { Scope } from '../../../machinery/host/scope.ts'
import { systemUdp } from '../../../machinery/host/udp/system.ts'
import type { Target } from '../driver.ts'
import { PowerFault } from '../fault.ts'
import { SimulatedBmc } from '../simulated/bmc.ts'
import { freePort, noIpmiSim, startIpmiSim } from '../simulated/ipmi-sim.ts'
import { serveBmc } from '../simulated/serve.ts'
import { ipmiDriver } from './driver.ts'

// Programs that others wrote, over real sockets on loopback: OpenIPMI's BMC answers us, ipmitool asks our BMC.

const driver = ipmiDriver({ udp: systemUdp, host: { clock: systemClock, log: silentLog, random: Math.random } })
const target = (port: number, more: Partial<Target> = {}): Target => ({
  host: '127.0.0.1',
  port,
  user: 'admin',
  password: 'password',
  insecureTLS: true,
  options: {},
  ...more,
})

async function ipmitool(port: number, suite: number, ...command: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(
    'ipmitool',
    ['-I', 'lanplus', '-H', '127.0.0.1', '-p', String(port), '-U', 'admin', '-E', '-C', String(suite), ...command],
    { env: { ...process.env, IPMITOOL_PASSWORD: 'password' }, timeout: 30_000 },
  )
  return stdout
}

const faultOf = (promise: Promise<unknown>) => promise.then(() => assert.fail('it went well'), PowerFault.from)

test('OpenIPMI: power on, off, status, and a boot device that ipmitool reads back', { skip: noIpmiSim }, async () => {
  await using scope = new Scope()
  const { port, calls } = scope.hold(await startIpmiSim())
  const bmc = scope.hold(await driver.connect(target(port)))
  assert.equal(bmc.how, 'IPMI 2.0, cipher suite 3')
  assert.equal(await bmc.power(), 'off')
  await bmc.control('on')
  assert.equal(await bmc.power(), 'on')
  assert.match(await ipmitool(port, 3, 'chassis', 'power', 'status'), /is on/)
  assert.equal(await bmc.setBoot({ device: 'pxe', persistent: false, efi: true }), true)
  assert.match(await ipmitool(port, 3, 'chassis', 'bootparam', 'get', '5'), /Boot Device Selector : Force PXE/)
  await bmc.control('off')
  assert.equal(await bmc.power(), 'off')
  const sets = calls().filter(call => call.includes(' set '))
  assert.deepEqual(sets, ['0x20 set power 1', '0x20 set boot pxe', '0x20 set power 0'])
})

test('OpenIPMI: many sessions are closed, and none is left over', { skip: noIpmiSim }, async () => {
  await using scope = new Scope()
  const { port } = scope.hold(await startIpmiSim())
  for (let turn = 0; turn < 100; turn++) {
    await using bmc = await driver.connect(target(port))
    assert.equal(await bmc.power(), 'off')
  }
})

test('OpenIPMI: a wrong password, an unknown user, and a suite it does not speak', { skip: noIpmiSim }, async () => {
  await using scope = new Scope()
  const { port } = scope.hold(await startIpmiSim())
  const wrong = await faultOf(driver.connect(target(port, { password: 'wrong' })))
  assert.equal(wrong.code, 'bmc/bad-credentials')
  const unknown = await faultOf(driver.connect(target(port, { user: 'nobody' })))
  assert.equal(unknown.code, 'bmc/bad-credentials')
  const suite = await faultOf(driver.connect(target(port, { options: { ipmitool: { cipherSuite: '17' } } })))
  assert.equal(suite.code, 'bmc/unsupported')
  const better = await driver.connect(target(1, { options: { ipmitool: { cipherSuite: '3', port } } }))
  assert.equal(better.how, 'IPMI 2.0, cipher suite 3')
  await better[Symbol.asyncDispose]()
})

test('a port where nobody listens is an unreachable BMC', async () => {
  const fault = await faultOf(driver.connect(target(await freePort())))
  assert.equal(fault.code, 'bmc/unreachable')
  assert.match(fault.message, /127\.0\.0\.1:\d+ did not answer/)
})

for (const suite of [17, 3]) {
  test(`ipmitool takes our BMC for a real one, by cipher suite ${suite}`, { skip: noIpmiSim }, async () => {
    await using scope = new Scope()
    const bmc = new SimulatedBmc()
    const { local } = scope.hold(await serveBmc(systemUdp, bmc))
    await ipmitool(local.port, suite, 'chassis', 'power', 'on')
    assert.equal(bmc.chassis.power, 'on')
    await ipmitool(local.port, suite, 'chassis', 'bootdev', 'pxe', 'options=efiboot')
    assert.deepEqual(bmc.chassis.boot, { valid: true, persistent: false, efi: true, device: 'pxe' })
    assert.match(await ipmitool(local.port, suite, 'chassis', 'bootparam', 'get', '5'), /BIOS EFI boot/)
    assert.match(await ipmitool(local.port, suite, 'chassis', 'power', 'status'), /is on/)
    assert.equal(bmc.openSessions, 0)
  })
}

test('over real sockets the better suite is chosen', async () => {
  await using scope = new Scope()
  const { local } = scope.hold(await serveBmc(systemUdp, new SimulatedBmc()))
  const bmc = scope.hold(await driver.connect(target(local.port, { host: 'localhost' })))
  assert.equal(bmc.how, 'IPMI 2.0, cipher suite 17')
  await bmc.control('on')
  assert.equal(await bmc.power(), 'on')
})
