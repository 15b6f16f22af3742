import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Type as SpecType } from '@bufbuild/cel-spec/cel/expr/checked_pb.js'
import type { Value as SpecValue } from '@bufbuild/cel-spec/cel/expr/value_pb.js'
import {
  getConformanceSuite,
  type IncrementalTest,
  type IncrementalTestSuite,
} from '@bufbuild/cel-spec/testdata/tests.js'
import { equals } from './equality.ts'
import { compile } from './expression.ts'
import { BOOL, BYTES, DOUBLE, DYN, INT, listOf, mapOf, NULL, STRING, type Type, UINT } from './type.ts'
import { Dictionary, Failure, List, TypeValue, Uint, type Value } from './value.ts'

const MESSAGES = 'objects of Kubernetes are no protobuf messages'
const NOT_THERE = 'not in the environment of Kubernetes 1.32'
const DECLARED = 'a rule has the variables self and oldSelf, and no functions of its own'
const MIXED = 'Kubernetes refuses lists and maps of several types'
const OLDER = 'the cel-go of Kubernetes 1.32 does otherwise'

/** What the specification has and the dialect of Kubernetes has not: suites, tests, and what expressions mention. */
const SKIPPED: readonly (readonly [RegExp, string])[] = [
  [/^(bindings_ext|block_ext|encoders_ext|math_ext|proto2_ext)\//, NOT_THERE],
  [/^(dynamic|enums|proto2|proto3|wrappers)\//, MESSAGES],
  [/TestAllTypes|google\.protobuf\.(?!Timestamp|Duration)|\w+\{\w+:/, MESSAGES],
  [/^(namespace|fields\/qualified_identifier_resolution)\//, DECLARED],
  [/^comparisons\/eq_literal\/(not_)?eq_(list|map)_(null|mixed|false_vs|elem_null|value_)/, MIXED],
  [/^comparisons\/in_(list|map)_literal\/.*mixed/, MIXED],
  [/^conversions\/dyn\/dyn_heterogeneous|^fields\/map_fields\/map_(key_u?int64|value_mix_type)/, MIXED],
  [/^fields\/quoted_map_fields\/(field_access|has_field)_dash|^optionals\/optionals\/optional_chaining_13$/, MIXED],
  [/^macros2?\/\w+\/list_elem_type_(shortcircuit|exhaustive)/, MIXED],
  [/^string_ext\/format\/.*(scientific notation|infinity support|NaN support|NaN\/infinity)/, OLDER],
  [/^string_ext\/format\/(list support for string|map support|dyntype support for (lists|maps))/, OLDER],
  [/^string_ext\/value_errors\/(last)?indexof_out_of_range/, OLDER],
  [/^timestamps\/duration_converters\/get_milliseconds/, MESSAGES],
  [/^type_deductions\/(functions|type_parameters|wrappers|flexible_type|field_access|legacy)/, DECLARED],
]

const PRIMITIVES: Readonly<Record<number, Type>> = { 1: BOOL, 2: INT, 3: UINT, 4: DOUBLE, 5: STRING, 6: BYTES }

function typeOf(type: SpecType | undefined): Type {
  switch (type?.typeKind.case) {
    case 'primitive':
      return PRIMITIVES[type.typeKind.value] ?? DYN
    case 'null':
      return NULL
    case 'listType':
      return listOf(typeOf(type.typeKind.value.elemType))
    case 'mapType':
      return mapOf(typeOf(type.typeKind.value.keyType), typeOf(type.typeKind.value.valueType))
  }
  return DYN
}

function specValue(value: SpecValue | undefined): Value {
  const kind = value?.kind
  switch (kind?.case) {
    case 'boolValue':
    case 'int64Value':
    case 'doubleValue':
    case 'stringValue':
    case 'bytesValue':
      return kind.value
    case 'uint64Value':
      return new Uint(kind.value)
    case 'typeValue':
      return new TypeValue(kind.value)
    case 'listValue':
      return new List(kind.value.values.map(specValue))
    case 'mapValue':
      return new Dictionary(kind.value.entries.map(({ key, value: member }) => [specValue(key), specValue(member)]))
    case 'nullValue':
      return null
  }
  return new Failure(`no such value here: ${kind?.case}`)
}

function run({ original }: IncrementalTest): void {
  const { expr, typeEnv, bindings, resultMatcher, disableCheck } = original
  const bound = Object.fromEntries(
    Object.entries(bindings).map(([name, { kind }]) => [name, kind.case === 'value' ? specValue(kind.value) : null]),
  )
  const declared = typeEnv.flatMap(({ name, declKind }) => {
    return declKind.case === 'ident' ? [[name, typeOf(declKind.value.type)] as const] : []
  })
  const undeclared = Object.keys(bound).filter(name => !declared.some(([known]) => known === name))
  const compiled = compile(expr, Object.fromEntries([...undeclared.map(name => [name, DYN] as const), ...declared]))
  if (typeof compiled === 'string') {
    assert.ok(resultMatcher.case === 'evalError' || disableCheck, `${expr}: ${compiled}`)
    return
  }
  const { value } = compiled.evaluate(bound)
  if (resultMatcher.case === 'evalError') {
    assert.ok(value instanceof Failure, `${expr}: an error is expected, not ${text(value)}`)
    return
  }
  const given = resultMatcher.case === 'typedResult' ? resultMatcher.value.result : resultMatcher.value
  const expected = resultMatcher.case === undefined ? true : specValue(given as SpecValue | undefined)
  const same = equals(value, expected) || (Number.isNaN(value) && Number.isNaN(expected))
  assert.ok(same, `${expr}: expected ${text(expected)}, found ${text(value)}`)
}

function text(value: Value): string {
  return JSON.stringify(value, (_, member) => (typeof member === 'bigint' ? `${member}n` : member))
}

function suite({ name, suites, tests }: IncrementalTestSuite, path: readonly string[]): void {
  const full = [...path, name].join('/')
  for (const inner of suites) suite(inner, [...path, name])
  const reasonOf = (one: IncrementalTest) => {
    return SKIPPED.find(([pattern]) => pattern.test(`${full}/${one.name}`) || pattern.test(one.original.expr))?.[1]
  }
  const meant = tests.filter(one => reasonOf(one) === undefined)
  const [first] = tests
  if (!first) return
  const skip = meant.length === 0 && (reasonOf(first) ?? false)
  test(`${full} of the specification holds: ${meant.length} of ${tests.length} expressions`, { skip }, () => {
    for (const one of meant) run(one)
  })
}

for (const inner of getConformanceSuite().suites) suite(inner, [])
