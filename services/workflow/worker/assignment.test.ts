import assert from 'node:assert/strict'
import { test } from 'node:test'
import { actionName, duration, environmentOf } from './assignment.ts'

const IMAGES = [
  [
    'public.ecr.aws/eks-anywhere/tinkerbell/hub/image2disk:6c0f0d437bde2c836d90b000312c8b25fa1b65e1-eks-a-15',
    'image2disk',
  ],
  ['127.0.0.1/embedded/writefile', 'writefile'],
  ['registry.local:5000/hub/kexec', 'kexec'],
  ['quay.io/tinkerbell/actions/cexec:latest@sha256:00ff', 'cexec'],
  ['reboot:v1', 'reboot'],
  ['', ''],
] as const

for (const [image, name] of IMAGES) {
  test(`the image "${image}" names the action "${name}"`, () => assert.equal(actionName(image), name))
}

test('an environment keeps what follows the first equals sign', () => {
  assert.deepEqual(environmentOf(['A=1', 'B=c=d', 'E=', 'F']), { A: '1', B: 'c=d', E: '', F: '' })
})

test('durations have two units', () => {
  assert.deepEqual([400, 62_000, 3_720_000, -5].map(duration), ['0s', '1m2s', '1h2m', '0s'])
})
