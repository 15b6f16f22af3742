import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseIpv4 } from '../../wire/ipv4.ts'
import { bootFile, type MacFormat } from './boot-file.ts'
import { question, type Says } from './rack.ts'
import { recognise } from './recognise.ts'

const SCRIPT = 'http://1.2.3.4:7171/01:02:03:04:05:06/auto.ipxe'
const WITHOUT_HTTP = { userClass: 'iPXE', ipxe: Uint8Array.of(0x15, 1, 1) }
const HTTP = { vendorClass: 'HTTPClient:Arch:00016' }

// Upstream's vectors. Where ours differs on purpose the line says so.
const VECTORS: readonly [string, Says, string, MacFormat, string][] = [
  ['Tinkerbell', { userClass: 'Tinkerbell' }, 'x', 'colon', SCRIPT],
  ['HTTP', HTTP, 'ipxe.efi', 'colon', 'http://1.2.3.4:8080/01:02:03:04:05:06/ipxe.efi'],
  ['HTTP', HTTP, 'ipxe.efi', 'dot', 'http://1.2.3.4:8080/0102.0304.0506/ipxe.efi'],
  ['HTTP', HTTP, 'ipxe.efi', 'dash', 'http://1.2.3.4:8080/01-02-03-04-05-06/ipxe.efi'],
  ['HTTP', HTTP, 'ipxe.efi', 'empty', 'http://1.2.3.4:8080/ipxe.efi'],
  ['iPXE without HTTP', WITHOUT_HTTP, 'undionly.kpxe', 'colon', 'tftp://1.2.3.4:69/01:02:03:04:05:06/undionly.kpxe'],
  ['iPXE without HTTP', WITHOUT_HTTP, 'undionly.kpxe', 'dot', 'tftp://1.2.3.4:69/0102.0304.0506/undionly.kpxe'],
  ['iPXE without HTTP', WITHOUT_HTTP, 'undionly.kpxe', 'no-delimiter', 'tftp://1.2.3.4:69/010203040506/undionly.kpxe'],
  ['iPXE without HTTP', WITHOUT_HTTP, 'undionly.kpxe', 'empty', 'tftp://1.2.3.4:69/undionly.kpxe'],
  ['iPXE (upstream sends another iPXE)', { userClass: 'iPXE' }, 'undionly.kpxe', 'colon', SCRIPT],
  ['PXE', {}, 'undionly.kpxe', 'colon', 'undionly.kpxe'],
]

for (const [who, says, binary, macFormat, file] of VECTORS) {
  test(`${who}, ${macFormat}: ${file}`, () => {
    const tftp = { address: parseIpv4('1.2.3.4') ?? assert.fail(), port: 69 }
    const sources = { binaries: 'http://1.2.3.4:8080', tftp, script: () => SCRIPT, macFormat }
    assert.equal(bootFile(recognise(question(says)), binary, sources), file)
  })
}
