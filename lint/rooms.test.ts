import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { test } from 'node:test'
import rooms from './rooms.cjs'

/** For each rule an import that it forbids: who, and whom. */
const FORBIDDEN: Readonly<Record<string, readonly [from: string, to: string]>> = {
  'no-circles': ['wire/a.ts', 'wire/b.ts'],
  'wire-imports-nothing': ['wire/clock.ts', 'node:timers'],
  'api-and-host-stand-on-wire': ['machinery/api/x.ts', 'machinery/control/x.ts'],
  'host-knows-no-nouns': ['machinery/host/x.ts', 'machinery/api/y.ts'],
  'engine-rooms-apart': ['machinery/control/y.ts', 'machinery/apiserver/x.ts'],
  'machinery-below-services': ['machinery/control/z.ts', 'services/bmc/x.ts'],
  'services-cluster-alone': ['services/cluster/x.ts', 'services/bmc/x.ts'],
  'services-workflow-alone': ['services/workflow/x.ts', 'services/netboot/x.ts'],
  'services-bmc-alone': ['services/bmc/y.ts', 'services/workflow/y.ts'],
  'services-netboot-alone': ['services/netboot/y.ts', 'services/metadata/x.ts'],
  'services-metadata-alone': ['services/metadata/y.ts', 'services/bmc/z.ts'],
  'services-below-apps': ['services/bmc/w.ts', 'apps/x.ts'],
  'services-know-no-server': ['services/bmc/v.ts', 'machinery/apiserver/x.ts'],
  'worker-stays-small': ['services/workflow/worker/x.ts', 'services/workflow/x2.ts'],
  'hook-actions-stay-small': ['hook/actions/x.ts', 'services/workflow/x3.ts'],
  'cli-is-a-client': ['apps/cli/x.ts', 'services/bmc/u.ts'],
  'nobody-imports-lab': ['apps/y.ts', 'lab/x.ts'],
  'nobody-imports-doors': ['lint/x.ts', 'apps/x.ts'],
  'no-own-index': ['wire/dhcp/x.ts', 'wire/dhcp/index.ts'],
  'not-to-unresolvable': ['wire/lost.ts', 'wire/nowhere.ts'],
}

const ALSO: Readonly<Record<string, readonly [from: string, to: string]>> = {
  'the way back': ['wire/b.ts', 'wire/a.ts'],
}

test('each rule of the house forbids what it says, and every rule has its example', () => {
  assert.deepEqual(rooms.forbidden.map(rule => rule.name).sort(), Object.keys(FORBIDDEN).sort())
  const house = mkdtempSync(join(tmpdir(), 'bellhop-house-'))
  try {
    build(house)
    const broken = new Set(violations(house))
    for (const name of Object.keys(FORBIDDEN)) assert.ok(broken.has(name), `${name} was not noticed`)
  } finally {
    rmSync(house, { recursive: true })
  }
})

function build(house: string): void {
  const imports = [...Object.values(FORBIDDEN), ...Object.values(ALSO)]
  const files = new Map<string, string>()
  for (const [from, to] of imports) {
    const specifier = to.startsWith('node:') ? to : `./${relative(dirname(from), to)}`
    files.set(from, `${files.get(from) ?? ''}import '${specifier}'\n`)
    if (!to.startsWith('node:') && !to.includes('nowhere') && !files.has(to)) files.set(to, '')
  }
  for (const [name, text] of files) {
    mkdirSync(dirname(join(house, name)), { recursive: true })
    writeFileSync(join(house, name), `${text}export {}\n`)
  }
  writeFileSync(join(house, 'tsconfig.json'), '{}')
}

function violations(house: string): readonly string[] {
  const program = resolve('node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')
  const config = resolve('lint/rooms.cjs')
  const rooms = ['apps', 'hook', 'lab', 'lint', 'machinery', 'services', 'wire']
  const { stdout } = spawnSync(process.execPath, [program, '--config', config, '--output-type', 'json', ...rooms], {
    cwd: house,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  const result = JSON.parse(stdout) as { summary: { violations: readonly { rule: { name: string } }[] } }
  return result.summary.violations.map(violation => violation.rule.name)
}
