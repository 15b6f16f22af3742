import { make } from '../../machinery/api/kind.ts'
import { Template, Workflow } from '../../machinery/api/workflow.ts'
import { LAB, type Plan } from '../scenario/plan.ts'
import { NAMESPACE } from './scene.ts'
import type { TinyImage } from './tiny-image.ts'

/** An installation that cannot end well. */
export interface Faulty {
  readonly title: string
  readonly actions: readonly Action[]
  /** The action that ends it, and how. */
  readonly ends: { readonly action: string; readonly state: 'STATE_FAILED' | 'STATE_TIMEOUT'; readonly message: RegExp }
  /** Where no image was written whole, there is nothing at the head of the disk that a firmware would boot. */
  readonly leavesNoImage: boolean
}

interface Action {
  readonly name: string
  readonly image: string
  readonly timeout: number
  readonly environment: Readonly<Record<string, string>>
}

const DISK = '/dev/sda'
export const BAD_IMAGES_PORT = 8081

function stream(url: string, more: Readonly<Record<string, string>> = {}): Action {
  const environment = { DEST_DISK: DISK, IMG_URL: url, ...more }
  return { name: 'stream-image', image: '127.0.0.1/embedded/image2disk', timeout: 300, environment }
}

function shell(name: string, line: string, timeout: number): Action {
  const environment = { BLOCK_DEVICE: DISK, FS_TYPE: 'ext4', DEFAULT_INTERPRETER: '/bin/sh -c', CMD_LINE: line }
  return { name, image: '127.0.0.1/embedded/cexec', timeout, environment }
}

/** Never reached. */
const REBOOT: Action = { name: 'reboot-image', image: '127.0.0.1/embedded/reboot', timeout: 90, environment: {} }

/** What may go wrong while a machine is installed, each for a machine of its own. */
export function faulties(tiny: TinyImage): readonly Faulty[] {
  const images = `http://${LAB.server}:${LAB.httpPort}/images`
  const good = stream(`${images}/${tiny.file}`, { IMG_SHA256: tiny.sha256 })
  return [
    {
      title: 'the image is not there',
      actions: [stream(`${images}/nothing.raw.gz`), REBOOT],
      ends: {
        action: 'stream-image',
        state: 'STATE_FAILED',
        message: /\/images\/nothing\.raw\.gz: the server answered 404/,
      },
      leavesNoImage: true,
    },
    {
      title: 'the image is cut off by its server',
      actions: [stream(`http://${LAB.server}:${BAD_IMAGES_PORT}/half.raw`), REBOOT],
      ends: { action: 'stream-image', state: 'STATE_FAILED', message: /half\.raw: cut after \d+ of 8388608 bytes/ },
      leavesNoImage: true,
    },
    {
      title: 'the image has another checksum',
      actions: [stream(`${images}/${tiny.file}`, { IMG_SHA256: '0'.repeat(64) }), REBOOT],
      ends: {
        action: 'stream-image',
        state: 'STATE_FAILED',
        message: new RegExp(`IMG_SHA256 is 0{64}, but what was sent has ${tiny.sha256}`),
      },
      leavesNoImage: true,
    },
    {
      title: 'an action exits 1',
      actions: [good, shell('configure', 'echo no such luck; exit 1', 90), REBOOT],
      ends: { action: 'configure', state: 'STATE_FAILED', message: /ended with code 1.*no such luck/s },
      leavesNoImage: false,
    },
    {
      title: 'an action does not end',
      actions: [good, shell('configure', 'echo still at it; sleep 600', 15), REBOOT],
      ends: {
        action: 'configure',
        state: 'STATE_TIMEOUT',
        message: /it did not end within 15 s and was stopped.*still at it/s,
      },
      leavesNoImage: false,
    },
  ]
}

export function templateOf(name: string, actions: readonly Action[]): Template {
  const tasks = [{ name: 'install', worker: '{{.device_1}}', actions }]
  const data = JSON.stringify({ version: '0.1', name, global_timeout: 1200, tasks }, undefined, 2)
  return make(Template, { metadata: { name, namespace: NAMESPACE }, spec: { data } })
}

type BootMode = NonNullable<Workflow['spec']['bootOptions']>['bootMode']

export function workflowOf(plan: Plan, template: string, bootMode?: BootMode): Workflow {
  return make(Workflow, {
    metadata: { name: plan.name, namespace: NAMESPACE },
    spec: {
      templateRef: template,
      hardwareRef: plan.name,
      hardwareMap: { device_1: plan.mac },
      bootOptions: { toggleAllowNetboot: true, ...(bootMode && { bootMode }) },
    },
  })
}
