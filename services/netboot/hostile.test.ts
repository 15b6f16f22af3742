import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { dhcpOf } from '../../wire/dhcp/capture.ts'
import { decodePacket, encodePacket } from '../../wire/dhcp/packet.ts'
import { WireFault } from '../../wire/fault.ts'
import { parseIpv4 } from '../../wire/ipv4.ts'
import { parseMac } from '../../wire/mac.ts'
import { answer } from './answer.ts'
import { decide } from './decide.ts'
import { machinesOf } from './hardware.ts'
import { machine } from './rack.ts'
import { recognise } from './recognise.ts'

// The packets of real firmware with bytes changed: whatever comes of it is an answer, silence, or a fault of the peer by name.

const server = parseIpv4('10.0.0.1') ?? assert.fail()
const settings = {
  server,
  binaries: new Map(),
  sources: {
    binaries: 'http://10.0.0.1:7171/ipxe/binary',
    tftp: { address: server, port: 69 },
    script: () => 'http://10.0.0.1:7171/auto.ipxe',
    macFormat: 'colon' as const,
  },
}
const rack = machinesOf([machine('rack1', { dhcp: { mac: parseMac('52:54:00:00:00:10') } })])
const seeds = ['bios-boot', 'uefi-boot'].flatMap(name => {
  const url = new URL(`../../wire/dhcp/captures/${name}.pcap`, import.meta.url)
  return dhcpOf(readFileSync(url)).map(({ datagram }) => datagram.payload)
})

function serve(bytes: Uint8Array): Uint8Array | undefined {
  const packet = decodePacket(bytes)
  const asker = recognise(packet)
  const decision = decide(asker, rack.byMac(asker.mac), settings)
  if (decision.is === 'silent' || decision.is === 'noted') return undefined
  return encodePacket(answer({ asker, packet }, decision, { server, syslog: server }).packet)
}

const changes = fc.array(fc.tuple(fc.nat(420), fc.nat(255)), { minLength: 1, maxLength: 6 })

test('changed bytes end in an answer, in silence, or in a named fault', () => {
  let answers = 0
  fc.assert(
    fc.property(fc.constantFrom(...seeds), changes, (seed, changed) => {
      const bytes = Uint8Array.from(seed)
      for (const [at, byte] of changed) if (at < bytes.length) bytes[at] = byte
      try {
        if (serve(bytes)) answers++
      } catch (fault) {
        assert.ok(fault instanceof WireFault, String(fault))
      }
    }),
    { numRuns: 20_000 },
  )
  assert.ok(answers > 1000, `only ${answers} were answered: the changes test nothing`)
})
