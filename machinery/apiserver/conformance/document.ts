import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AREAS } from './areas.ts'
import type { Area } from './case.ts'
import { LEFT_OUT } from './leftout.ts'
import { readPending, readRecord } from './record.ts'

export const PAGE = join(import.meta.dirname, '../../../docs/kubernetes-api.md')

const pending = readPending()
const waiting = ({ name }: Area): readonly string[] => Object.keys(pending[name] ?? {})
const differing = ({ cases }: Area) => cases.filter(one => one.differs)

/** `docs/kubernetes-api.md`, as the suite says it. */
export function page(): string {
  const versions = [...new Set(AREAS.map(({ name }) => readRecord(name).server))].sort().join(', ')
  const all = AREAS.flatMap(({ cases }) => cases).length
  const agree = AREAS.reduce((sum, area) => sum + agreeing(area), 0)
  return [
    '# The Kubernetes API that bellhop serves',
    '',
    '<!-- Written by `node machinery/apiserver/conformance/document.ts`; a test compares. -->',
    '',
    `${all} cases were played against a real kube-apiserver (${versions}) and its answers kept: codes, reasons, messages, causes,`,
    `objects. The same requests are played against bellhop in its tests. ${agree} of them are answered the same; below stands`,
    'what is answered otherwise and why, what is still to come, and what is left out by name.',
    '',
    ...AREAS.flatMap(section),
    '## What is left out',
    '',
    'bellhop provisions machines; it does not run pods. Objects of these kinds may be kept, but nobody acts on them:',
    '',
    ...LEFT_OUT.map(({ what, why }) => `- **${what}**: ${why}`),
    '',
  ].join('\n')
}

const agreeing = (area: Area): number => area.cases.length - waiting(area).length - differing(area).length

function section(area: Area): readonly string[] {
  const { title, about, source, cases } = area
  return [
    `## ${title}`,
    '',
    about,
    `${agreeing(area)} of ${cases.length} cases agree. Kubernetes says how: <${source}>.`,
    '',
    ...list(
      'Answered otherwise:',
      differing(area).map(({ name, differs }) => `${name}: ${differs?.why}`),
    ),
    ...list('To come:', waiting(area)),
  ]
}

function list(head: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [head, '', ...items.map(item => `- ${inMarkdown(item)}`), '']
}

const inMarkdown = (text: string): string => text.replaceAll(/[<>*_|]/g, found => `\\${found}`)

if (import.meta.main) writeFileSync(PAGE, page())
