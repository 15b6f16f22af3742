import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readConfig } from './config.ts'

const nothing = { flags: {}, environment: {} }

test('what nobody gave has its default, and the result cannot be changed', () => {
  const config = readConfig(nothing)
  assert.equal(config.httpPort, 7171)
  assert.equal(config.dataDir, '/var/lib/bellhop')
  assert.deepEqual(config.interface, [])
  assert.ok(Object.isFrozen(config))
})

test('a flag wins over the environment, and that over the file', () => {
  const file = { name: 'bellhop.yaml', values: { 'http-port': 1, 'tftp-port': 2, 'syslog-port': 3 } }
  const environment = { BELLHOP_HTTP_PORT: '11', BELLHOP_TFTP_PORT: '12' }
  const config = readConfig({ flags: { httpPort: '21' }, environment, file })
  assert.deepEqual([config.httpPort, config.tftpPort, config.syslogPort], [21, 12, 3])
})

test('several interfaces come by repeated flags or by commas', () => {
  assert.deepEqual(readConfig({ ...nothing, flags: { interface: ['eth1', 'eth2'] } }).interface, ['eth1', 'eth2'])
  assert.deepEqual(readConfig({ ...nothing, environment: { BELLHOP_INTERFACE: 'eth1,eth2' } }).interface, [
    'eth1',
    'eth2',
  ])
})

test('every value that cannot be is named with the place it came from', () => {
  const file = { name: 'bellhop.yaml', values: { colour: 'red', 'api-address': 'here' } }
  const sources = { flags: { httpPort: '99999' }, environment: { BELLHOP_INTERFACE: 'a b' }, file }
  assert.throws(() => readConfig(sources), {
    code: 'config/invalid',
    message: new RegExp(
      [
        'bellhop.yaml: colour: no such setting; there are interface, .*',
        'BELLHOP_INTERFACE "a b": not the name of an interface, as `ip link` shows it',
        'bellhop.yaml: api-address "here": not an IPv4 address such as 10.0.0.1',
        '--http-port "99999": not a port from 1 to 65535',
      ].join('\n'),
    ),
  })
})
