import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fromHex, toHex, utf8 } from '../bytes.ts'
import { ANY, type Ipv4, parseIpv4 } from '../ipv4.ts'
import { ask, FIELD, option } from './field.ts'

const ip = (text: string): Ipv4 => parseIpv4(text) ?? assert.fail(text)
const only = (code: number, hex: string) => new Map([[code, fromHex(hex)]])

test('a user class is read raw, as iPXE sends it, and as a list of RFC 3004', () => {
  assert.deepEqual(ask(new Map([[77, utf8.encode('iPXE')]]), FIELD.userClass), ['iPXE'])
  assert.deepEqual(ask(new Map([[77, utf8.encode('\x0aTinkerbell')]]), FIELD.userClass), ['Tinkerbell'])
  assert.deepEqual(ask(new Map([[77, utf8.encode('\x04iPXE\x02ab')]]), FIELD.userClass), ['iPXE', 'ab'])
})

test('the example of RFC 3442: only the bytes that the prefix covers', () => {
  const routes = [
    { network: ANY, prefix: 0, router: ip('10.0.0.1') },
    { network: ip('10.17.0.0'), prefix: 16, router: ip('10.0.0.2') },
    { network: ip('10.229.0.128'), prefix: 25, router: ip('10.0.0.3') },
  ]
  const [[code, bytes] = assert.fail()] = option(FIELD.classlessRoutes, routes)
  assert.deepEqual([code, toHex(bytes)], [121, '000a000001' + '100a110a000002' + '190ae500800a000003'])
  assert.deepEqual(FIELD.classlessRoutes.value.decode(bytes), routes)
  assert.throws(() => ask(only(121, '21 0a000001 0a000001'), FIELD.classlessRoutes), { code: 'wire/invalid' })
})

test('domain names are written without compression, and read', () => {
  const [[, bytes] = assert.fail()] = option(FIELD.domainSearch, ['example.org', 'lab'])
  assert.equal(toHex(bytes), '076578616d706c65036f726700' + '036c616200')
  assert.deepEqual(FIELD.domainSearch.value.decode(bytes), ['example.org', 'lab'])
  assert.throws(() => ask(only(119, '03 616263 c000'), FIELD.domainSearch), { code: 'wire/unsupported' })
})

test('a wrong width and an unknown message are refused by name', () => {
  assert.throws(() => ask(only(1, '0a00'), FIELD.subnetMask), { code: 'wire/invalid' })
  assert.throws(() => ask(only(93, '07'), FIELD.clientArch), { code: 'wire/invalid' })
  assert.throws(() => ask(only(53, '63'), FIELD.messageType), { code: 'wire/unsupported', message: 'unknown (99)' })
})
