import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { Hardware } from '../../machinery/api/hardware.ts'
import { make } from '../../machinery/api/kind.ts'
import { Template } from '../../machinery/api/workflow.ts'
import { templateAdmission } from './admission.ts'
import { checkTemplate, mistakeText, planOf } from './check.ts'
import { templateData } from './data.ts'

const good = `version: "0.1"
name: t
global_timeout: 600
tasks:
  - name: os
    worker: "{{.device_1}}"
    actions:
      - name: one
        image: quay.io/x/y:latest
        timeout: 60
        environment:
          UID: 0
          DISK: {{ index .Hardware.Disks 0 }}
`
const said = (text: string) => checkTemplate(text).map(mistakeText)

test('a good template has no mistakes', () => {
  assert.deepEqual(said(good), [])
})

test('every mistake is named with line, field and value', () => {
  const cases: readonly [string, string, RegExp][] = [
    ['global_timeout: 600', 'global_timeout: ten', /^line 3, column 17: global_timeout: "ten" is not a whole number/],
    ['timeout: 60\n', 'timeout: 0\n', /^line 10, column 18: tasks\[0\]\.actions\[0\]\.timeout: "0" is not/],
    ['        timeout: 60\n', '', /actions\[0\]\.timeout: it is missing$/],
    [
      'image: quay.io/x/y:latest',
      'image: "Not An Image"',
      /^line 9, .*image: "Not An Image" is not the name of an image/,
    ],
    ['        image: quay.io/x/y:latest\n', '', /actions\[0\]\.image: it is missing/],
    ['- name: one', '- nam: one', /^line 8, column 9: tasks\[0\]\.actions\[0\]\.nam: there is no field "nam"/],
    ['name: t\n', '', /^line 1, column 1: name: it is missing/],
    ['worker: "{{.device_1}}"', 'worker: ""', /^line 6, .*tasks\[0\]\.worker: it is empty/],
    ['{{.device_1}}', '{{.device_1', /^line 6, column 25: unexpected/],
    ['{{.device_1}}', '{{ devise 1 }}', /^line 6, column 17: there is no function devise$/],
    ['.Hardware.Disks', '.Hardware.Discs', /^line 13, column 26: .*can't evaluate field Discs in type Hardware/],
    ['tasks:\n', 'tasks: [\n', /this is not YAML/],
    ['environment:\n', 'environment: []\n', /this is not YAML|environment/],
  ]
  for (const [from, to, sentence] of cases) {
    assert.ok(good.includes(from), from)
    assert.match(said(good.replace(from, to)).join('\n'), sentence)
  }
})

test('names that are there twice are found', () => {
  const action = good.slice(good.indexOf('      - name: one'))
  assert.match(said(good + action).join('\n'), /actions\[1\]\.name: "one" is there twice/)
})

test('what only hardware can tell is not held against a template', () => {
  assert.deepEqual(said(good.replace('timeout: 60', 'timeout: {{ .seconds }}')), [])
  assert.deepEqual(said(good.replace('image: quay.io/x/y:latest', '{{ if .whatever.deep }}image: a{{ end }}')), [])
  assert.deepEqual(said(`{{ .everything }}`), [])
})

test('values of environments, which may be secrets, are not repeated', () => {
  const text = good.replace('UID: 0', 'PASSWORD: [hunter2]')
  assert.match(said(text).join('\n'), /environment\.PASSWORD: expected a text, found a list/)
  assert.doesNotMatch(said(text).join('\n'), /hunter2/)
})

test('admission refuses a wrong template when it is written, and lets a status pass', () => {
  const template = (data: string) => make(Template, { metadata: { name: 't', namespace: 'x' }, spec: { data } })
  const bad = template(good.replace('{{.device_1}}', '{{ nope }}'))
  assert.equal(templateAdmission({ kind: Template, object: template(good) }), undefined)
  assert.equal(
    templateAdmission({ kind: Template, object: bad }),
    'spec.data: line 6, column 17: there is no function nope',
  )
  assert.equal(templateAdmission({ kind: Template, object: bad, old: bad }), undefined)
  assert.match(templateAdmission({ kind: Template, object: template('') }) ?? '', /spec\.data: it is missing/)
  assert.equal(templateAdmission({ kind: Hardware, object: bad }), undefined)
})

// The default template for Ubuntu of the EKS Anywhere documents' time and of today, its values made up.
for (const era of ['ubuntu-kexec', 'ubuntu-reboot']) {
  test(`the default template for Ubuntu (${era}) renders to the expected document`, () => {
    const read = (name: string) => readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8')
    const hardware = make(Hardware, {
      metadata: { name: 'eksa-node01', namespace: 'eksa-system' },
      spec: {
        disks: [{ device: '/dev/sda' }],
        interfaces: [
          {
            dhcp: {
              mac: '52:54:00:12:34:01',
              ip: { address: '10.10.10.2', netmask: '255.255.255.0', gateway: '10.10.10.1' },
              name_servers: ['8.8.8.8', '1.1.1.1'],
            },
          },
        ],
      },
    })
    const template = read(`${era}.yaml.tmpl`)
    assert.deepEqual(said(template), [])
    const planned = planOf(template, templateData({ hardware, hardwareMap: { device_1: '52:54:00:12:34:01' } }))
    assert.deepEqual(planned, { plan: JSON.parse(read(`${era}.json`)) })
  })
}
