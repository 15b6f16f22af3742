import assert from 'node:assert/strict'
import { test } from 'node:test'
import { udpSocket } from './bmc.ts'

test('a socket is written as the kernel lists it', () => {
  assert.equal(udpSocket('172.30.0.101', 623), '65001EAC:026F ')
})
