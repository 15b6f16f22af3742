import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { TemplateFault } from './fault.ts'
import { readTemplate, render } from './render.ts'
import { fromJson } from './value.ts'

// What Go's own text/template and Sprig gave for the same templates: golden/oracle.go made it.
interface Vector {
  readonly template: string
  readonly output?: string
  readonly error?: string
}

const read = (name: string): unknown => JSON.parse(readFileSync(join(import.meta.dirname, 'golden', name), 'utf8'))
const { data } = read('cases.json') as { data: unknown }
const vectors = read('generated/vectors.json') as readonly Vector[]

/** Known differences, each with its reason. */
const DIFFERENT: ReadonlyMap<string, string> = new Map([
  [
    '{{ .uni | upper }} {{ .uni | trunc 5 | len }} {{printf "%6.3q|" .uni}}',
    'a character cut in two is shown as U+FFFD, which is three bytes; Go keeps the half',
  ],
])

for (const { template, output, error } of vectors) {
  const reason = DIFFERENT.get(template)
  test(`${template.slice(0, 100)}`, { ...(reason && { skip: reason }) }, () => {
    if (error !== undefined) {
      assert.throws(() => render(readTemplate(template), fromJson(data)), TemplateFault, error)
      return
    }
    assert.equal(render(readTemplate(template), fromJson(data)), output)
  })
}
