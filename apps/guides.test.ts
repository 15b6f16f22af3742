import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Command } from 'commander'
import { parse } from 'yaml'
import { Hardware } from '../machinery/api/hardware.ts'
import { apiVersion } from '../machinery/api/kind.ts'
import { CUSTOM_KINDS } from '../machinery/api/kinds.ts'
import type { KubeObject } from '../machinery/api/object.ts'
import { memoryApi } from '../machinery/apiserver/simulated.ts'
import { silentLog } from '../machinery/host/log.ts'
import { SimulatedClock } from '../machinery/host/simulated/clock.ts'
import { applyInventory } from '../machinery/inventory/apply.ts'
import { readCsv } from '../machinery/inventory/csv.ts'
import { objectsOf } from '../machinery/inventory/objects.ts'
import { templateAdmission } from '../services/workflow/admission.ts'
import { programOf } from './program.ts'

// What a guide tells somebody to type has to be there.

const ROOT = join(import.meta.dirname, '..')
const GUIDES = join(ROOT, 'docs/guides')
const guides = readdirSync(GUIDES).map(name => ({ name, text: readFileSync(join(GUIDES, name), 'utf8') }))

function blocks(text: string, language: string): readonly string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, 'gm'))].map(([, block = '']) => block)
}

function find(program: Command, name: string | undefined): Command | undefined {
  return program.commands.find(command => command.name() === name)
}

for (const { name, text } of guides) {
  test(`${name}: every command of bellhop in it is one, with flags that it has`, () => {
    const program = programOf({ signal: new AbortController().signal, environment: {}, ended: () => undefined })
    const lines = [...text.matchAll(/^ {4}bin\/bellhop (.*)$/gm)].map(([, line = '']) => line.replace(/ +#.*/, ''))
    assert.ok(lines.length > 0)
    for (const line of lines) {
      const words = line.split(' ')
      let command = program
      for (let below = find(command, words[0]); below; below = find(command, words[0])) {
        command = below
        words.shift()
      }
      assert.notEqual(command, program, line)
      for (const word of words.filter(each => each.startsWith('-'))) {
        assert.ok(
          command.options.some(({ short, long }) => word === short || word === long),
          `${line}: ${word}`,
        )
      }
    }
  })

  test(`${name}: its list of machines is right, and its objects are taken by the API`, async () => {
    const host = { clock: new SimulatedClock(), log: silentLog, random: () => 0 }
    await using api = await memoryApi(host, [templateAdmission])
    const [list = ''] = blocks(text, 'csv')
    await applyInventory(api.client, readCsv(list, name).map(objectsOf))
    for (const block of blocks(text, 'yaml')) {
      const object = parse(block) as KubeObject
      if (object.kind === undefined) {
        await api.client.patch(Hardware, { name: 'rack1', namespace: 'eksa-system' }, { body: object })
        continue
      }
      const kind = CUSTOM_KINDS.find(each => each.kind === object.kind && apiVersion(each) === object.apiVersion)
      await api.client.create(kind ?? assert.fail(object.kind), object)
    }
  })

  test(`${name}: the files that it names are there`, async () => {
    const links = [...text.matchAll(/\]\((?!http)([^)#]+)\)/g)].map(([, link = '']) => join(GUIDES, link))
    const applied = [...text.matchAll(/kubectl apply -f (\S+\/\S+)/g)].map(([, file = '']) => join(ROOT, file))
    for (const file of [...links, ...applied]) await access(file)
  })
}
