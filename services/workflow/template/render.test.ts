import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readTemplate, render } from './render.ts'
import { fromJson } from './value.ts'

const rendered = (text: string, data: unknown = {}) => render(readTemplate(text), fromJson(data))

test('an error names line and column of the author, and the function or field', () => {
  const faults: readonly [string, object][] = [
    ['a: 1\nb: {{ nope .x }}', { code: 'template/unknown-function', facts: { line: 2, column: 7, function: 'nope' } }],
    ['a: 1\n\n  b: {{ .x }}', { code: 'template/unknown-field', facts: { line: 3, column: 9, field: 'x' } }],
    ['{{ "a" | indent "x" }}', { code: 'template/arguments', facts: { line: 1, column: 10, function: 'indent' } }],
    ['{{ if true }}', { code: 'template/syntax', facts: { line: 1, column: 14 } }],
    ['{{ $y }}', { code: 'template/unknown-variable', facts: { line: 1, column: 4, variable: '$y' } }],
    ['x\n{{ template "t" }}', { code: 'template/unknown-template', facts: { line: 2, column: 1 } }],
  ]
  for (const [text, fault] of faults) assert.throws(() => rendered(text), fault)
})

test('no template hangs the house or eats its memory', () => {
  const hostile = [
    '{{ range 1000000000000 }}{{ end }}',
    '{{ repeat 1000000000 "x" }}',
    '{{ range until 100000 }}aaaaaaaaaa{{ end }}',
    '{{ printf "%999999999d" 1 }}',
    '{{ printf "%*d" 999999999 1 }}',
    '{{ indent 100000000 "a" }}',
    '{{ until 1000000000 | len }}',
    '{{ $d := dict "a" 1 }}{{ $_ := set $d "a" $d }}{{ $d }}',
    '{{ $d := dict "a" 1 }}{{ $_ := set $d "a" $d }}{{ toYaml $d }}',
    '{{ $d := dict "a" 1 }}{{ $_ := set $d "a" $d }}{{ toJson $d }}',
    '{{ $d := dict "a" 1 }}{{ $_ := set $d "a" $d }}{{ deepCopy $d }}',
    '{{ $l := list 1 }}{{ range until 64 }}{{ $l = list $l $l }}{{ end }}{{ $l }}',
    '{{ $l := list 1 }}{{ range until 64 }}{{ $l = concat $l $l }}{{ end }}{{ len $l }}',
    '{{ $s := "abcdefghij" }}{{ range until 64 }}{{ $s = print $s $s }}{{ end }}{{ len $s }}',
    '{{ $s := repeat 200000 "a" }}{{ replace "a" $s $s }}',
    '{{ $s := repeat 200000 "a" }}{{ replace "" $s $s }}',
    '{{ $s := repeat 200000 "a" }}{{ regexReplaceAll "a" $s $s }}',
    '{{ join (repeat 200000 "a") (until 1000) }}',
    '{{ define "t" }}{{ template "t" . }}{{ end }}{{ template "t" . }}',
    `${'{{ if true }}'.repeat(10_000)}${'{{ end }}'.repeat(10_000)}`,
    `{{ ${'('.repeat(10_000)}1${')'.repeat(10_000)} }}`,
    `${'{{ if false }}{{ else '.repeat(2)}${'if true }}{{ else '.repeat(10_000)}`,
    `{{ fromYaml ${JSON.stringify(
      `a: &a [x,x]\n${Array.from(
        { length: 12 },
        (_, at) =>
          `a${at}: &a${at} [${Array(10)
            .fill(at === 0 ? '*a' : `*a${at - 1}`)
            .join(',')}]`,
      ).join('\n')}`,
    )} }}`,
  ]
  for (const text of hostile) {
    const start = performance.now()
    assert.throws(() => rendered(text), { code: /^template\// }, text.slice(0, 80))
    assert.ok(performance.now() - start < 5000, `took long: ${text.slice(0, 80)}`)
  }
})

test('any text at all is rendered or refused by name', () => {
  const whole =
    '{{- range $i, $x := (list 1 "a\\n" `b`) | reverse -}}{{ if eq $i 0 }}{{ $x.y }}{{ else }}{{/* c */}}{{ end }}{{ end }}'
  for (let from = 0; from < whole.length; from += 3) {
    for (let to = from; to <= whole.length; to++) {
      try {
        rendered(whole.slice(from, to))
      } catch (fault) {
        assert.match(String((fault as { code?: string }).code), /^template\//)
      }
    }
  }
})

test('partitions, netmasks and YAML as Tinkerbell has them', () => {
  const partitions =
    '{{ formatPartition "/dev/sda" 2 }} {{ formatPartition "/dev/nvme0n1" 1 }} {{ formatPartition "/dev/disk/by-id/x" 3 }}'
  assert.equal(rendered(partitions), '/dev/sda2 /dev/nvme0n1p1 /dev/disk/by-id/x-part3')
  assert.equal(rendered('{{ netmaskToPrefixLength "255.255.254.0" }}'), '23')
  assert.throws(() => rendered('{{ netmaskToPrefixLength "255.0.255.0" }}'), { code: 'template/function' })
  assert.equal(rendered('{{ toYaml .x }}', { x: { b: [1, 'true'], a: null } }), 'a: null\nb:\n- 1\n- "true"')
  assert.equal(rendered('{{ (fromYaml "a: {b: 3}").a.b }}'), '3')
  assert.throws(() => rendered('{{ fromYaml "a: [" }}'), { code: 'template/function' })
})
