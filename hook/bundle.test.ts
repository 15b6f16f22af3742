import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { test } from 'node:test'
import { bundleProgram } from './bundle.ts'

test('a bundle runs where there is no node_modules, libraries in CommonJS included', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hook-bundle-'))
  try {
    const grpc = resolve(import.meta.dirname, '..', 'node_modules', '@grpc', 'grpc-js', 'build', 'src', 'index.js')
    const entry = join(folder, 'entry.ts')
    await writeFile(
      entry,
      `import { status } from ${JSON.stringify(grpc)}\nconst n: number = status.OK\nconsole.log('ok', n)\n`,
    )
    await bundleProgram(entry, join(folder, 'out.mjs'))
    await rm(entry)
    const printed = execFileSync(process.execPath, [join(folder, 'out.mjs')], { cwd: folder, encoding: 'utf8' })
    assert.equal(printed, 'ok 0\n')
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('an entry that is not there is refused by name', async () => {
  await assert.rejects(bundleProgram('/nowhere/worker.ts', '/nowhere/out.mjs'), /nowhere\/worker\.ts/)
})
