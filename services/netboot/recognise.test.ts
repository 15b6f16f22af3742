import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseMac } from '../../wire/mac.ts'
import { architecture, binaryFor } from './architecture.ts'
import { osQuestion, question, type Says } from './rack.ts'
import { recognise } from './recognise.ts'

const GUID = new Uint8Array(17)

// What makes a client one that boots from the network: every line must hold.
const NETBOOT: readonly [string, Says, boolean][] = [
  ['DISCOVER', {}, true],
  ['REQUEST', { message: 'request' }, true],
  ['INFORM', { message: 'inform' }, false],
  ['RELEASE', { message: 'release' }, false],
  ['PXEClient', { vendorClass: 'PXEClient:Arch:00007' }, true],
  ['HTTPClient', { vendorClass: 'HTTPClient:Arch:00016' }, true],
  ['no option 60', { without: [60] }, false],
  ['another vendor class', { vendorClass: 'MSFT 5.0' }, false],
  ['no option 93', { without: [93] }, false],
  ['no option 94', { without: [94] }, false],
  ['option 97 of 17 bytes', { guid: GUID }, true],
  ['an empty option 97', { guid: new Uint8Array(0) }, true],
  ['option 97 of 16 bytes', { guid: new Uint8Array(16) }, false],
  ['option 97 of another type', { guid: new Uint8Array(17).fill(1) }, false],
]

for (const [name, says, accepted] of NETBOOT) {
  test(`${name}: ${accepted ? 'boots' : 'does not boot'} from the network`, () => {
    assert.equal(recognise(question(says)).who !== 'os', accepted)
  })
}

test('what is missing is said, for the log', () => {
  assert.match(recognise(question({ without: [94] })).incomplete ?? '', /option 94/)
  assert.equal(recognise(osQuestion()).incomplete, undefined)
})

const WHO: readonly [string, Says, string][] = [
  ['PXE firmware', {}, 'pxe'],
  ['UEFI HTTP boot', { vendorClass: 'HTTPClient:Arch:00016:UNDI:003000' }, 'http'],
  ['any iPXE', { userClass: 'iPXE' }, 'ipxe'],
  ['iPXE with a counted user class (RFC 3004)', { userClass: '\x04iPXE' }, 'ipxe'],
  ['upstream’s own iPXE', { userClass: 'Tinkerbell' }, 'tinkerbell'],
  ['upstream’s own iPXE, counted', { userClass: '\x0aTinkerbell' }, 'tinkerbell'],
  ['upstream’s own iPXE loaded by HTTP boot', { userClass: 'Tinkerbell', vendorClass: 'HTTPClient' }, 'tinkerbell'],
]

for (const [name, says, who] of WHO) {
  test(`${name} is ${who}`, () => assert.equal(recognise(question(says)).who, who))
}

test('iPXE that lists its features without HTTP does not speak it', () => {
  assert.equal(recognise(question({ userClass: 'iPXE' })).speaksHttp, true)
  assert.equal(recognise(question({ ipxe: Uint8Array.of(0x13, 1, 1, 0x15, 1, 1) })).speaksHttp, true)
  assert.equal(recognise(question({ ipxe: Uint8Array.of(0x15, 1, 1) })).speaksHttp, false)
})

test('the address it wants is option 50, else the one it has', () => {
  const has = { packet: { ciaddr: '10.0.0.7' as never } }
  assert.equal(recognise(question(has)).wants, '10.0.0.7')
  assert.equal(recognise(question({ ...has, wants: '10.0.0.8' })).wants, '10.0.0.8')
})

test('replies, other hardware and BOOTP are refused by name', () => {
  assert.throws(() => recognise(question({ packet: { op: 'reply' } })), { code: 'wire/unsupported' })
  assert.throws(() => recognise(question({ packet: { htype: 32 } })), { code: 'wire/unsupported', message: /type 32/ })
  assert.throws(() => recognise(question({ without: [53] })), { code: 'wire/unsupported', message: /BOOTP/ })
})

const BINARIES: readonly (readonly [readonly number[], string | undefined])[] = [
  ...[0, 1, 2, 3, 4, 5, 20].map(arch => [[arch], 'undionly.kpxe'] as const),
  ...[6, 7, 8, 9, 15, 16].map(arch => [[arch], 'ipxe.efi'] as const),
  ...[10, 11, 18, 19, 41].map(arch => [[arch], 'snp-arm64.efi'] as const),
  ...[12, 13, 14, 17, 21, 22, 23, 24, 25, 27, 30, 37, 255].map(arch => [[arch], undefined] as const),
  [[99, 7], 'ipxe.efi'],
]

for (const [named, binary] of BINARIES) {
  test(`architecture ${named} boots ${binary ?? 'nothing of ours'}`, () => {
    assert.equal(binaryFor(architecture(named, parseMac('52:54:00:00:00:01') ?? assert.fail())), binary)
  })
}

test('the operator’s own table comes first, for numbers that nobody knows too (W15)', () => {
  const own = new Map([
    [27, 'ipxe-riscv64.efi'],
    [7, 'snponly.efi'],
  ])
  assert.deepEqual(
    [binaryFor(27, own), binaryFor(7, own), binaryFor(0, own)],
    ['ipxe-riscv64.efi', 'snponly.efi', 'undionly.kpxe'],
  )
})

test('a Raspberry Pi that calls itself a PC is one; one that says what it is, is believed (W16)', () => {
  const pi = parseMac('dc:a6:32:00:00:01') ?? assert.fail()
  assert.deepEqual([architecture([0], pi), architecture([11], pi), architecture([7], pi)], [41, 11, 7])
})
