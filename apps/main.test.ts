import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'

const PROGRAM = join(import.meta.dirname, '../bin/bellhop')

interface Outcome {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** A line as it is typed in a shell; `bellhop` is the program. */
function type(line: string): Promise<Outcome> {
  const script = `bellhop() { "${PROGRAM}" "$@"; }\n${line}`
  return new Promise(resolve => {
    const child = execFile('bash', ['-c', script], { env: { ...process.env, COLUMNS: '120' } }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    )
  })
}

const COMMANDS = ['up', 'backup', 'restore', 'machines', 'timeline', 'logs', 'hardware check']

test('the help of the program names every command and every exit code', async () => {
  const { code, stdout } = await type('bellhop --help')
  assert.equal(code, 0)
  for (const command of COMMANDS) assert.match(stdout, new RegExp(`^  ${command.split(' ')[0]}\\b`, 'm'))
  for (const exit of [0, 1, 2, 70]) assert.match(stdout, new RegExp(`^  ${exit} +\\w`, 'm'))
})

for (const command of COMMANDS) {
  test(`the help of ${command} says what each flag does, and has examples`, async () => {
    const { code, stdout, stderr } = await type(`bellhop ${command} --help`)
    assert.equal(code, 0)
    assert.equal(stderr, '')
    const flags = stdout.split('\n').filter(line => /^ +(-\w, )?--/.test(line))
    assert.ok(flags.length > 0)
    for (const flag of flags) assert.match(flag, /^ +\S.* {2,}\w/, 'a flag says nothing')
    assert.match(stdout, new RegExp(`\nExamples:\n  .*bellhop ${command}`))
  })
}

test('a mistyped command line is told from a failure', async () => {
  const [unknown, flag, missing, unreachable] = await Promise.all([
    type('bellhop nosuch'),
    type('bellhop machines --nosuch'),
    type('bellhop timeline'),
    type('bellhop machines --kubeconfig /nosuch'),
  ])
  assert.deepEqual([unknown?.code, flag?.code, missing?.code, unreachable?.code], [2, 2, 2, 1])
  assert.match(unknown?.stderr ?? '', /unknown command 'nosuch'/)
  assert.match(unreachable?.stderr ?? '', /^bellhop: \/nosuch cannot be read: there is no such file; name a kubeconfig/)
})

test('a reader that has seen enough is no fault', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bellhop-pipe-'))
  const row = (n: number) =>
    `rack${n},52:54:00:00:${hex(n >> 8)}:${hex(n & 255)},10.1.${n >> 8}.${n & 255},255.255.0.0,10.1.0.1,1.1.1.1,,/dev/sda`
  const rows = Array.from({ length: 20_000 }, (_, n) => row(n + 1))
  const header = 'hostname,mac,ip_address,netmask,gateway,nameservers,labels,disk'
  await writeFile(join(folder, 'hardware.csv'), [header, ...rows].join('\n'))
  const { code, stdout, stderr } = await type(`
    set -o pipefail
    bellhop hardware check ${folder}/hardware.csv | head -1`)
  await rm(folder, { recursive: true })
  assert.match(stdout, /^NAME +MAC +ADDRESS/)
  assert.equal(stderr, '')
  assert.equal(code, 0)
})

function hex(n: number): string {
  return n.toString(16).padStart(2, '0')
}
