import assert from 'node:assert/strict'
import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { fromHex, utf8 } from '../bytes.ts'
import { WireFault } from '../fault.ts'
import { decodeFlags, getFlags } from './boot.ts'
import { getChassisStatus } from './chassis.ts'
import { getAuthCapabilities, getDeviceId } from './command.ts'
import {
  decodeCoded,
  decodeOpenRequest,
  decodeOpenResponse,
  decodeRakp1,
  decodeRakp2,
  encodeCoded,
  encodeOpenRequest,
  encodeOpenResponse,
  encodeRakp1,
  encodeRakp2,
} from './handshake.ts'
import { bmcCode, consoleCode, type Exchange, finalCode, keysOf } from './keys.ts'
import { decodeRequest, decodeResponse, encodeRequest, encodeResponse } from './message.ts'
import { decodePacket, encodeBare, encodeOld, type NewPacket, PAYLOAD } from './packet.ts'
import { openPacket, sealPacket } from './seal.ts'
import { type Ciphers, suiteIds } from './suite.ts'

const ciphers: Ciphers = {
  hmac: (digest, key, data) => createHmac(digest, key).update(data).digest(),
  encrypt: (key, iv, plain) => createCipheriv('aes-128-cbc', key, iv).setAutoPadding(false).update(plain),
  decrypt: (key, iv, sealed) => createDecipheriv('aes-128-cbc', key, iv).setAutoPadding(false).update(sealed),
}

/** The packets of a capture, one a line; the head of each file says who took it and how. */
function packets(name: string): readonly Uint8Array[] {
  const text = readFileSync(new URL(`captures/${name}.hex`, import.meta.url), 'utf8')
  return text.split('\n').flatMap(line => (/^[0-9a-f]/.test(line) ? [fromHex(line)] : []))
}

function handshake(all: readonly Uint8Array[]) {
  const found = (type: number): NewPacket => {
    for (const bytes of all) {
      const packet = decodePacket(bytes)
      if (packet.version === '2.0' && packet.type === type) return packet
    }
    assert.fail(`no payload of type ${type}`)
  }
  const open = decodeOpenResponse(found(PAYLOAD.openResponse).payload)
  const rakp1 = decodeRakp1(found(PAYLOAD.rakp1).payload)
  const rakp2 = decodeRakp2(found(PAYLOAD.rakp2).payload)
  assert.ok('suite' in open && 'code' in rakp2)
  const exchange = (password: string): Exchange => ({
    suite: open.suite,
    console: open.console,
    bmc: open.bmc,
    consoleRandom: rakp1.random,
    bmcRandom: rakp2.random,
    guid: rakp2.guid,
    role: rakp1.role,
    user: rakp1.user,
    password: utf8.encode(password),
  })
  return { exchange, rakp2, found }
}

const CONVERSATIONS = [
  { capture: 'power-on', suite: 3 },
  { capture: 'boot-device', suite: 3 },
  { capture: 'suite-17', suite: 17 },
]

for (const { capture, suite } of CONVERSATIONS) {
  const all = packets(capture)

  test(`${capture}: both sides prove the password, and every code is as we would write it`, () => {
    const { exchange, rakp2, found } = handshake(all)
    const known = exchange('password')
    assert.equal(known.suite.id, suite)
    assert.equal(known.user, 'admin')
    assert.deepEqual(Buffer.from(bmcCode(known, ciphers)), Buffer.from(rakp2.code))
    const rakp3 = decodeCoded(found(PAYLOAD.rakp3).payload)
    const rakp4 = decodeCoded(found(PAYLOAD.rakp4).payload)
    assert.ok('code' in rakp3 && 'code' in rakp4)
    assert.deepEqual(Buffer.from(consoleCode(known, ciphers)), Buffer.from(rakp3.code))
    assert.deepEqual(Buffer.from(finalCode(known, ciphers)), Buffer.from(rakp4.code))
    assert.notDeepEqual(Buffer.from(bmcCode(exchange('other'), ciphers)), Buffer.from(rakp2.code))
  })

  test(`${capture}: what was read can be written back, byte for byte`, () => {
    const { exchange } = handshake(all)
    const seal = { suite: exchange('').suite, keys: keysOf(exchange('password'), ciphers), ciphers }
    for (const bytes of all) {
      assert.equal(Buffer.from(again(bytes, seal)).toString('hex'), Buffer.from(bytes).toString('hex'))
    }
  })

  test(`${capture}: cut short at any byte, it is refused by name and never half read`, () => {
    const { exchange } = handshake(all)
    const seal = { suite: exchange('').suite, keys: keysOf(exchange('password'), ciphers), ciphers }
    for (const bytes of all) {
      for (let length = 0; length < bytes.length; length++) {
        assert.throws(() => again(bytes.subarray(0, length), seal), WireFault, `${length} of ${bytes.length}`)
      }
    }
  })
}

function again(bytes: Uint8Array, seal: Parameters<typeof openPacket>[1]): Uint8Array {
  const packet = decodePacket(bytes)
  if (packet.version === '1.5') return encodeOld(message(packet.payload))
  const { type, session, sequence, payload } = packet
  if (type !== PAYLOAD.message) return encodeBare(type, shaken(type, payload))
  const iv = payload.subarray(0, 16)
  return sealPacket({ session, sequence, iv, message: message(openPacket(packet, seal)) }, seal)
}

function message(bytes: Uint8Array): Uint8Array {
  const fromBmc = bytes[0] === 0x81
  return fromBmc ? encodeResponse(decodeResponse(bytes)) : encodeRequest(decodeRequest(bytes))
}

function shaken(type: number, payload: Uint8Array): Uint8Array {
  if (type === PAYLOAD.openRequest) return encodeOpenRequest(decodeOpenRequest(payload))
  if (type === PAYLOAD.rakp1) return encodeRakp1(decodeRakp1(payload))
  if (type === PAYLOAD.openResponse) return encodeOpenResponse(accepted(decodeOpenResponse(payload)))
  if (type === PAYLOAD.rakp2) return encodeRakp2(accepted(decodeRakp2(payload)))
  return encodeCoded(accepted(decodeCoded(payload)))
}

function accepted<T extends { status: number }>(answer: T): Extract<T, { status: 0 }> {
  if (answer.status !== 0) throw new WireFault('wire/invalid', `refused with ${answer.status}`)
  return answer as Extract<T, { status: 0 }>
}

test('a boot device from the network, the EFI way, is read in what ipmitool sent', () => {
  const all = packets('boot-device')
  const { exchange } = handshake(all)
  const seal = { suite: exchange('').suite, keys: keysOf(exchange('password'), ciphers), ciphers }
  const flags = all.flatMap(bytes => {
    const packet = decodePacket(bytes)
    if (packet.version === '1.5' || packet.type !== PAYLOAD.message || packet.session === 0xa0a2a3a4) return []
    const { netFn, command, data } = decodeRequest(openPacket(packet, seal))
    return netFn === 0 && command === 8 && data[0] === 5 ? [decodeFlags(data.subarray(1))] : []
  })
  assert.deepEqual(flags, [{ valid: true, persistent: false, efi: true, device: 'pxe' }])
})

test('refusals are told apart: a wrong suite by Open Session, an unknown user by RAKP 2', () => {
  const refusedSuite = decodePacket(packets('suite-17-refused').at(-1) ?? new Uint8Array())
  assert.deepEqual(decodeOpenResponse(refusedSuite.payload), { tag: 0, status: 4 })
  const refusedUser = decodePacket(packets('unknown-user').at(-1) ?? new Uint8Array())
  assert.deepEqual(decodeRakp2(refusedUser.payload), { tag: 0, status: 0x0d })
})

test('a wrong password shows in the code of RAKP 2', () => {
  const { exchange, rakp2 } = handshake(packets('wrong-password'))
  assert.notDeepEqual(Buffer.from(bmcCode(exchange('wrong'), ciphers)), Buffer.from(rakp2.code))
  assert.deepEqual(Buffer.from(bmcCode(exchange('password'), ciphers)), Buffer.from(rakp2.code))
})

test('a packet changed at any byte of its signed part is refused', () => {
  const all = packets('power-on')
  const { exchange } = handshake(all)
  const seal = { suite: exchange('').suite, keys: keysOf(exchange('password'), ciphers), ciphers }
  const last = all.at(-1) ?? new Uint8Array()
  for (let at = 4; at < last.length; at++) {
    const changed = last.map((byte, index) => (index === at ? byte ^ 0x10 : byte))
    assert.throws(() => {
      const packet = decodePacket(changed)
      if (packet.version === '2.0') openPacket(packet, seal)
      else throw new WireFault('wire/invalid', 'an older packet')
    }, WireFault)
  }
})

const DECODERS = {
  decodePacket,
  decodeRequest,
  decodeResponse,
  decodeOpenRequest,
  decodeOpenResponse,
  decodeRakp1,
  decodeRakp2,
  decodeCoded,
  decodeFlags,
  suiteIds,
  status: getChassisStatus.decode,
  device: getDeviceId.decode,
  capabilities: getAuthCapabilities.decode,
  bootFlags: getFlags.decode,
}

for (const [name, decode] of Object.entries(DECODERS)) {
  test(`${name}: whatever bytes come, they are read or refused by name`, () => {
    const begun = fc.constantFrom([], [6, 0, 255, 7], [6, 0, 255, 7, 6, 0xc0])
    fc.assert(
      fc.property(begun, fc.uint8Array({ maxLength: 80 }), (begin, bytes) => {
        try {
          decode(Uint8Array.from([...begin, ...bytes]))
        } catch (fault) {
          assert.ok(fault instanceof WireFault, String(fault))
        }
      }),
      { numRuns: 2000 },
    )
  })
}

test('the list of suites is read, makers’ own records passed over, a cut record left alone', () => {
  assert.deepEqual(suiteIds(fromHex('c0 03 01 41 81  c1 55 a2 02 00 03 44 81  c0 11 03 44 81')), [3, 17])
  assert.deepEqual(suiteIds(fromHex('c0 03 01 41 81 c0')), [3])
  assert.deepEqual(suiteIds(fromHex('c1 55 a2')), [])
})

test('what OpenIPMI says of itself and of its chassis is read', () => {
  assert.deepEqual(getDeviceId.decode(fromHex('00 03 09 08 02 9f 91 12 00 02 0f 00000000')), {
    id: 0,
    revision: 3,
    firmware: '9.08',
    ipmi: '2.0',
    manufacturer: 4753,
    product: 3842,
  })
  assert.deepEqual(getChassisStatus.decode(fromHex('29 00 00')), {
    power: 'on',
    faults: ['main power fault'],
    restorePolicy: 'as before',
  })
})
