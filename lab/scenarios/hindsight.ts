import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Timeline } from '../../machinery/api/timeline.ts'
import { Workflow } from '../../machinery/api/workflow.ts'
import type { Lab } from '../scenario/open.ts'

const CONSOLE_LINES = 15
const FACTS = 15
const LOG_LINES = 25

/** What is worth knowing when a scenario failed: each machine's last words and facts, the workflows, bellhop's last lines. */
export async function lookBack(lab: Lab, dir: string): Promise<string> {
  const parts = [
    ...lab.rack.machines.map(async ({ plan, power, console }) => {
      const words = printable(await console.read())
      return section(`console of ${plan.name}, which is ${power.state}`, tail(words, CONSOLE_LINES))
    }),
    ofApi(lab),
    readFile(join(dir, 'bellhop.log'), 'utf8').then(text =>
      section('what bellhop said last', tail(withoutSyslog(text), LOG_LINES)),
    ),
  ]
  const told = await Promise.allSettled(parts)
  return told.map(part => (part.status === 'fulfilled' ? part.value : `(${part.reason})`)).join('\n')
}

async function ofApi({ client }: Lab): Promise<string> {
  const timelines = (await client.list(Timeline)).items.map(({ metadata, status }) => {
    const facts = (status?.facts ?? []).slice(-FACTS).map(fact => `${fact.at} ${fact.by} ${fact.what}: ${fact.says}`)
    return section(`the way of ${metadata.name}`, facts)
  })
  const workflows = (await client.list(Workflow)).items.map(({ metadata, status }) => {
    const actions = (status?.tasks ?? []).flatMap(task => task.actions)
    const lines = actions.map(({ name, status: state, message }) => `${name} ${state} ${message ?? ''}`)
    return section(`workflow ${metadata.name} ${status?.state} ${status?.message ?? ''}`, lines)
  })
  return [...timelines, ...workflows].join('\n')
}

function section(title: string, lines: readonly string[]): string {
  return [`--- ${title}`, ...lines.map(line => `    ${line}`)].join('\n')
}

function tail(text: string, count: number): string[] {
  return text.trimEnd().split('\n').slice(-count)
}

/** A serial console is full of cursor movements. */
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.replace(/\x1b\[[0-9;?]*[A-Za-z]/g, '').replace(/[^\x20-\x7e\n]/g, '')
}

/** The machines' own lines come by syslog and are on their consoles. */
function withoutSyslog(text: string): string {
  return text
    .split('\n')
    .filter(line => !line.includes('syslog'))
    .join('\n')
}
