import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { dhcpOf } from '../../wire/dhcp/capture.ts'
import { parseIpv4 } from '../../wire/ipv4.ts'
import { parseMac } from '../../wire/mac.ts'
import { answer } from './answer.ts'
import { decide } from './decide.ts'
import { machinesOf } from './hardware.ts'
import { machine } from './rack.ts'
import { recognise } from './recognise.ts'

// What firmware asked in the captures is asked again; the answers that booted it (or kept it from booting) are given again.

const server = parseIpv4('10.0.0.1') ?? assert.fail()
const settings = {
  server,
  binaries: new Map(),
  sources: {
    binaries: `http://${server}:7171/ipxe/binary`,
    tftp: { address: server, port: 69 },
    script: (mac: string) => `http://${server}:7171/${mac}/auto.ipxe`,
    macFormat: 'colon' as const,
  },
}

function rack(allowPXE: boolean) {
  const ip = { address: '10.0.0.10', netmask: '255.255.255.0', gateway: '10.0.0.1' }
  const mac = parseMac('52:54:00:00:00:10') ?? assert.fail()
  return machinesOf([machine('rack1', { dhcp: { mac, hostname: 'rack1', ip }, netboot: { allowPXE } })])
}

for (const [name, allowPXE, who] of [
  ['bios-boot', true, ['ipxe', 'ipxe']],
  ['uefi-boot', true, ['pxe', 'pxe', 'ipxe', 'ipxe']],
  ['uefi-refused', false, ['pxe', 'pxe']],
] as const) {
  test(`${name}: the same questions, the same answers`, () => {
    const url = new URL(`../../wire/dhcp/captures/${name}.pcap`, import.meta.url)
    const packets = dhcpOf(readFileSync(url)).map(({ packet }) => packet)
    const asked = packets.filter(({ op }) => op === 'request')
    assert.deepEqual(
      asked.map(packet => recognise(packet).who),
      who,
    )
    const answered = asked.map(packet => {
      const asker = recognise(packet)
      const decision = decide(asker, rack(allowPXE).byMac(asker.mac), settings)
      if (decision.is === 'silent' || decision.is === 'noted') return assert.fail(decision.says)
      return answer({ asker, packet }, decision, { server, syslog: server }).packet
    })
    assert.deepEqual(
      answered,
      packets.filter(({ op }) => op === 'reply'),
    )
  })
}
