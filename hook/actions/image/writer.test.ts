import assert from 'node:assert/strict'
import { open } from 'node:fs/promises'
import { test } from 'node:test'
import { ActionFault } from '../fault.ts'
import { type Run, runProgram } from '../program.ts'
import { FileDisk } from '../simulated/disk.ts'
import { Target } from './target.ts'
import { ImageWriter } from './writer.ts'

const MB = 1024 * 1024
const SIZE = 64 * MB

/** Data, a long row of zeros, data, a short row, data, zeros up to the end. */
const IMAGE = Buffer.alloc(52 * MB)
for (const [from, to] of [
  [0, 3],
  [23, 24],
  [26, 27],
] as const) {
  IMAGE.fill(0x55, from * MB + 7, to * MB - 9)
}

async function write(pieces: readonly number[], run: Run) {
  await using disk = await FileDisk.make(SIZE)
  await using target = new Target(disk.path, await open(disk.path, 'r+'), { size: SIZE, isWholeDisk: false, run })
  const writer = new ImageWriter(target)
  await writer.begin()
  for (let at = 0, turn = 0; at < IMAGE.length; turn++) {
    const length = pieces[turn % pieces.length] ?? MB
    await writer.write(IMAGE.subarray(at, at + length))
    at += length
  }
  await writer.flush()
  await writer.commit()
  const written = await disk.read()
  assert.ok(written.subarray(0, IMAGE.length).equals(IMAGE))
  assert.ok(written.subarray(IMAGE.length, SIZE - MB).every(byte => byte === 0xaa))
}

test('rows of zeros are made by the disk where it can', async () => {
  const holes: string[] = []
  await write([MB], (program, args) => {
    holes.push(args.slice(1, 5).join(' '))
    return runProgram(program, args)
  })
  assert.deepEqual(holes, [`--offset ${3 * MB} --length ${20 * MB}`, `--offset ${27 * MB} --length ${25 * MB}`])
})

test('where the disk cannot, zeros are written, and it is asked only once', async () => {
  let asked = 0
  await write([MB], async () => {
    asked++
    throw new ActionFault('action/program', 'fallocate: Operation not supported')
  })
  assert.equal(asked, 1)
})

test('pieces of any size end up in their places', async () => {
  await write([1, 4095, 65_536, 1_000_003], runProgram)
})
