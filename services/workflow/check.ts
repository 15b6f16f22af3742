import type { Hardware } from '../../machinery/api/hardware.ts'
import { templateData } from './data.ts'
import { type Mistake, type Plan, readDocument } from './document.ts'
import type { Rendered } from './template/execute.ts'
import { placeOf, TemplateFault } from './template/fault.ts'
import type { List, Template } from './template/node.ts'
import { readTemplate, renderMapped } from './template/render.ts'
import type { Dict, Value } from './template/value.ts'

/** One thing that is wrong with a template, in the lines of the author's own text. */
export interface TemplateMistake {
  readonly line: number
  readonly column: number
  /** For example `tasks[0].actions[2].image`; absent where the template language itself is at fault. */
  readonly field?: string
  readonly reason: string
}

/** One sentence for people: where, what field, why. */
export function mistakeText({ line, column, field, reason }: TemplateMistake): string {
  return `line ${line}, column ${column}: ${field ? `${field}: ` : ''}${reason}`
}

/** A template rendered for a machine and read as a plan, or everything that is wrong with it. */
export function planOf(
  text: string,
  data: Dict,
): { readonly plan: Plan } | { readonly mistakes: readonly TemplateMistake[] } {
  try {
    const rendered = renderMapped(readTemplate(text), data)
    const reading = readDocument(rendered.text)
    if ('plan' in reading) return reading
    return { mistakes: reading.mistakes.map(mistake => inSource(text, rendered, mistake)) }
  } catch (fault) {
    return { mistakes: [ofFault(fault)] }
  }
}

/**
 * What is wrong with a template whatever the machine: its syntax, functions that do not exist, and those parts of the
 * document that do not depend on hardware. Empty where nothing can be said against it.
 */
export function checkTemplate(text: string): readonly TemplateMistake[] {
  try {
    const template = readTemplate(text)
    const rendered = renderMapped(template, sampleData())
    const reading = readDocument(rendered.text)
    if ('plan' in reading) return []
    const fixed = !branches(template)
    return reading.mistakes
      .filter(mistake => (fixed || !mistake.depends) && literal(rendered, mistake))
      .map(mistake => inSource(text, rendered, mistake))
  } catch (fault) {
    const mistake = ofFault(fault)
    return certain(fault) ? [mistake] : []
  }
}

function inSource(text: string, rendered: Rendered, { from, field, reason }: Mistake): TemplateMistake {
  return { ...placeOf(text, rendered.origin(from).at), field, reason }
}

function ofFault(fault: unknown): TemplateMistake {
  if (!(fault instanceof TemplateFault)) throw fault
  return { ...fault.place, reason: fault.reason }
}

/** Whether the author wrote all of what is wrong himself, so that no hardware can mend it. */
function literal(rendered: Rendered, { from, to, depends }: Mistake): boolean {
  if (depends) return true
  for (let at = from; at < Math.max(to, from + 1); at++) if (!rendered.origin(at).literal) return false
  return true
}

/** Whether what is rendered depends on data in more than single values. */
function branches(template: Template): boolean {
  const some = (list: List): boolean => list.some(node => ['if', 'with', 'range', 'template'].includes(node.is))
  return some(template.body)
}

/** Faults that no other data would mend. */
function certain(fault: unknown): boolean {
  if (!(fault instanceof TemplateFault)) return true
  if (fault.code === 'template/unknown-field') return fault.facts.struct !== undefined
  if (fault.code === 'template/arguments') return fault.reason.includes('wrong number of args')
  return fault.code !== 'template/type' && fault.code !== 'template/function'
}

/** A map that has every key, so that a template may ask for whatever a Workflow will bring. */
class Anything extends Map<string, Value> {
  override get(key: string): Value {
    return super.get(key) ?? 'placeholder'
  }
}

function sampleData(): Dict {
  const data = new Anything(templateData({ hardware: SAMPLE, hardwareMap: { device_1: '52:54:00:00:00:01' } }))
  return data.set('references', new Anything())
}

const SAMPLE: Hardware = {
  apiVersion: 'tinkerbell.org/v1alpha1',
  kind: 'Hardware',
  metadata: { name: 'placeholder', namespace: 'placeholder' },
  spec: {
    disks: [{ device: '/dev/sda' }, { device: '/dev/sdb' }],
    interfaces: [
      {
        netboot: { allowPXE: true, allowWorkflow: true, ipxe: {}, osie: {} },
        dhcp: {
          mac: '52:54:00:00:00:01',
          hostname: 'placeholder',
          arch: 'x86_64',
          uefi: true,
          lease_time: 86400,
          name_servers: ['192.0.2.1'],
          time_servers: ['192.0.2.1'],
          ip: { address: '192.0.2.2', netmask: '255.255.255.0', gateway: '192.0.2.1', family: 4 },
        },
      },
    ],
    metadata: {
      facility: { facility_code: 'placeholder', plan_slug: 'placeholder' },
      instance: { id: 'placeholder', hostname: 'placeholder', operating_system: {}, tags: [], ssh_keys: [] },
    },
    userData: 'placeholder',
    vendorData: 'placeholder',
  },
}
