import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'

const here = import.meta.dirname
const bin = join(here, '../../../node_modules/.bin')

test('the generated files are what buf makes of the .proto files today', async () => {
  const fresh = await mkdtemp(join(tmpdir(), 'bellhop-buf-'))
  try {
    const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` }
    await promisify(execFile)('buf', ['generate', '--output', fresh], { cwd: here, env })
    const names = await readdir(join(fresh, 'generated'))
    assert.deepEqual(names.toSorted(), (await readdir(join(here, 'generated'))).toSorted())
    for (const name of names) {
      const [made, kept] = await Promise.all([
        readFile(join(fresh, 'generated', name), 'utf8'),
        readFile(join(here, 'generated', name), 'utf8'),
      ])
      assert.equal(kept, made, `${name}: run \`buf generate\` in machinery/api/tink`)
    }
  } finally {
    await rm(fresh, { recursive: true })
  }
})
