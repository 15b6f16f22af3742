import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isApiFault } from '../../api/fault.ts'
import { readConfiguration } from './configuration.ts'

// As the real server reads them: sigs.k8s.io/yaml, which is YAML 1.1.
const ROWS: readonly [text: string, value: unknown, duplicates: readonly string[]][] = [
  ['{"a":{"b":[1,null]}}', { a: { b: [1, null] } }, []],
  ['{"a":1,"a":2}', { a: 2 }, ['line 1: key "a" already set in map']],
  ['a: 1\nb:\n  c: 1\n  c: 2\n', { a: 1, b: { c: 2 } }, ['line 4: key "c" already set in map']],
  ['a: yes\nb: 010\nc: "x"\n1: d\n', { 1: 'd', a: true, b: 8, c: 'x' }, []],
  ['a: 2020-01-01\n', { a: '2020-01-01' }, []],
  ['a: &x {b: 1}\nc: *x\n', { a: { b: 1 }, c: { b: 1 } }, []],
  ['a: 1\n---\nb: 2\n', { a: 1 }, []],
  ['', {}, []],
  ['null', {}, []],
]

test('configurations are JSON or YAML, of which the first document and the last of equal keys count', () => {
  for (const [text, value, duplicates] of ROWS) assert.deepEqual(readConfiguration(text), { value, duplicates }, text)
})

test('what is no object is refused in the words of the real server', () => {
  const head = 'error decoding YAML: '
  const json = `${head}error unmarshaling JSON: while decoding JSON: json: cannot unmarshal`
  const rows: readonly [text: string, message: string][] = [
    ['[1]', `${json} array into Go value of type map[string]interface {}`],
    ['foo', `${json} string into Go value of type map[string]interface {}`],
    ['true', `${json} bool into Go value of type map[string]interface {}`],
    ['{', `${head}error converting YAML to JSON: yaml: line 1: `],
    ['a: b: c', `${head}error converting YAML to JSON: yaml: line 1: `],
  ]
  for (const [text, message] of rows) {
    assert.throws(
      () => readConfiguration(text),
      fault => isApiFault(fault, 'BadRequest') && fault.message.startsWith(message),
      text,
    )
  }
})

test('a short text cannot stand for a huge object', () => {
  const levels = Array.from({ length: 30 }, (_, n) => `a${n + 1}: &a${n + 1} [*a${n}, *a${n}, *a${n}, *a${n}]`)
  const bomb = ['a0: &a0 [x, x, x, x]', ...levels].join('\n')
  assert.throws(
    () => readConfiguration(bomb),
    fault => isApiFault(fault, 'BadRequest'),
  )
})
