import assert from 'node:assert/strict'
import { execFile, spawnSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'

const here = import.meta.dirname
const folder = join(here, 'generate')

test('the table of messages is what Go makes of the sources of Kubernetes', { skip: missingGo() }, async () => {
  const [made, kept] = await Promise.all([
    promisify(execFile)('go', ['run', '.'], { cwd: folder, maxBuffer: 16 * 1024 * 1024 }),
    readFile(join(here, 'generated/messages.ts'), 'utf8'),
  ])
  assert.equal(kept, made.stdout, 'run `go run . > ../generated/messages.ts` in machinery/apiserver/builtin/generate')
})

/** Why the sources cannot be read here; false when they can. */
function missingGo(): string | false {
  if (spawnSync('go', ['version']).status !== 0) return 'there is no Go on this machine'
  const fetched = spawnSync('go', ['mod', 'download', 'k8s.io/api', 'k8s.io/kube-aggregator'], { cwd: folder })
  return fetched.status === 0 ? false : "Kubernetes' Go modules cannot be had on this machine"
}
