import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { test } from 'node:test'
import { lockFile } from './lock.ts'

test('the second waits until the first lets go', async () => {
  const dir = await mkdtemp(`${tmpdir()}/lab-lock-`)
  const order: string[] = []
  const first = await lockFile(`${dir}/lock`)
  const second = lockFile(`${dir}/lock`).then(lock => {
    order.push('second has it')
    return lock
  })
  order.push('first lets go')
  await first[Symbol.asyncDispose]()
  await (await second)[Symbol.asyncDispose]()
  assert.deepEqual(order, ['first lets go', 'second has it'])
  await rm(dir, { recursive: true })
})
