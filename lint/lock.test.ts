import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { type Lock, missing } from './lock.ts'

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock

test('the lock holds every package that it names, so that npm ci installs from it (mend it with `node lint/lock.ts`)', () => {
  assert.deepEqual([...missing(lock).keys()], [])
})

test('the lock names no place to download from', () => {
  assert.deepEqual(
    Object.values(lock.packages).filter(({ resolved }) => resolved !== undefined),
    [],
  )
})

test('a package of another platform is found missing, and for which', () => {
  const optionalDependencies = { '@a/cli-linux-x64-musl': '1.0.0', '@a/cli-darwin-arm64': '1.0.0' }
  const found = missing({
    packages: { 'node_modules/a': { dev: true, optionalDependencies }, 'node_modules/@a/cli-darwin-arm64': {} },
  })
  assert.deepEqual(
    [...found],
    [
      [
        'node_modules/@a/cli-linux-x64-musl',
        { version: '1.0.0', cpu: ['x64'], os: ['linux'], libc: ['musl'], dev: true, optional: true },
      ],
    ],
  )
})
