import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { utf8 } from '../bytes.ts'
import { WireFault } from '../fault.ts'
import { decodeSyslog, type SyslogMessage } from './message.ts'

// The first six are the examples of RFC 3164 §5.4 and RFC 5424 §6.5; the rest is what machines send.
const MESSAGES: readonly [string, SyslogMessage][] = [
  [
    "<34>Oct 11 22:14:15 mymachine su: 'su root' failed for lonvick on /dev/pts/8",
    {
      facility: 'auth',
      severity: 'CRIT',
      timestamp: 'Oct 11 22:14:15',
      hostname: 'mymachine',
      app: 'su',
      text: "'su root' failed for lonvick on /dev/pts/8",
    },
  ],
  ['<13>Use the BFG!', { facility: 'user', severity: 'NOTICE', text: 'Use the BFG!' }],
  [
    '<34>1 2003-10-11T22:14:15.003Z mymachine.example.com su - ID47 - \u{feff}failed',
    {
      facility: 'auth',
      severity: 'CRIT',
      timestamp: '2003-10-11T22:14:15.003Z',
      hostname: 'mymachine.example.com',
      app: 'su',
      msgid: 'ID47',
      text: 'failed',
    },
  ],
  [
    "<165>1 2003-08-24T05:14:15.000003-07:00 192.0.2.1 myproc 8710 - - %% It's time",
    {
      facility: 'local4',
      severity: 'NOTICE',
      timestamp: '2003-08-24T05:14:15.000003-07:00',
      hostname: '192.0.2.1',
      app: 'myproc',
      procid: '8710',
      text: "%% It's time",
    },
  ],
  [
    '<165>1 - - app - - [a@1 x="1"][b@1 y="q\\"]"] An event',
    { facility: 'local4', severity: 'NOTICE', app: 'app', data: '[a@1 x="1"][b@1 y="q\\"]"]', text: 'An event' },
  ],
  [
    '<165>1 - - app - - [a@1 x="1"]',
    { facility: 'local4', severity: 'NOTICE', app: 'app', data: '[a@1 x="1"]', text: '' },
  ],
  ['<30>ipxe: net0: link up\n', { facility: 'daemon', severity: 'INFO', app: 'ipxe', text: 'net0: link up' }],
  [
    '<30>Jan  1 00:00:10 dockerd[123]: time passes',
    {
      facility: 'daemon',
      severity: 'INFO',
      timestamp: 'Jan  1 00:00:10',
      app: 'dockerd',
      procid: '123',
      text: 'time passes',
    },
  ],
  ['<6>\rone\ttwo\0', { facility: 'kern', severity: 'INFO', text: 'one two' }],
  ['<14>1 broken header', { facility: 'user', severity: 'INFO', text: '1 broken header' }],
]

for (const [line, message] of MESSAGES) {
  test(JSON.stringify(line), () => assert.deepEqual(decodeSyslog(utf8.encode(line)), message))
}

test('without a priority it is refused', () => {
  for (const line of ['', 'hello', '<>x', '<192>x', '<999>x', '<1']) {
    assert.throws(() => decodeSyslog(utf8.encode(line)), { code: 'wire/invalid' })
  }
})

test('any bytes are read or refused by name', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom('', '<30>', '<30>1 - - - - - ['), (bytes, head) => {
      try {
        decodeSyslog(Uint8Array.of(...utf8.encode(head), ...bytes))
      } catch (fault) {
        assert.ok(fault instanceof WireFault)
      }
    }),
  )
})
