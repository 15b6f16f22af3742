import { type Fact, Timeline } from '../../machinery/api/timeline.ts'
import { type Call, command, NAMESPACE_FLAG, OUTPUT_FLAG, toggle } from './command.ts'
import { follow } from './follow.ts'
import type { Columns } from './out.ts'

const FLAGS = {
  follow: toggle('go on with what it does from now on', 'f'),
  namespace: NAMESPACE_FLAG,
  output: OUTPUT_FLAG,
}

export const timeline = command({
  name: 'timeline',
  summary: 'Show what one machine did, when, and with what evidence',
  args: [{ name: '<machine>', says: 'name of its Hardware, or mac-52-54-00-12-34-56 for a machine that has none' }],
  flags: FLAGS,
  examples: {
    'bellhop timeline rack1': 'everything that is remembered of rack1',
    'bellhop timeline rack1 -f': 'the same, and what comes, until Ctrl-C',
    'bellhop timeline mac-52-54-00-12-34-56': 'a machine that no Hardware knows, as `bellhop machines` names it',
  },
  run: call => (call.flags.follow ? goOn(call) : tell(call)),
})

async function tell({ flags, args, client, out }: Call<typeof FLAGS>): Promise<number> {
  const [name = ''] = args
  const { namespace } = flags
  const found = await client.get(Timeline, { name, namespace })
  if (!found) {
    const known = (await client.list(Timeline, { namespace })).items.map(item => item.metadata.name)
    out.line(`Nothing was seen of ${name}. Machines seen: ${known.join(', ') || 'none yet'}.`)
    return 1
  }
  const facts = found.status?.facts ?? []
  if (flags.output === 'json') out.json(facts)
  else out.table(facts, columnsFrom(facts[0]))
  return 0
}

async function goOn({ flags, args, client, out, signal }: Call<typeof FLAGS>): Promise<number> {
  const key = { name: args[0] ?? '', namespace: flags.namespace }
  const told = new Told()
  const rows = out.rows(WIDTHS)
  for await (const page of follow(client, Timeline, { key, signal })) {
    const facts = page?.status?.facts ?? []
    if (told.nothing && facts.length === 0 && flags.output === 'table') {
      out.line(`Nothing was seen of ${key.name} yet; waiting for it.`)
    }
    for (const fact of facts.filter(fact => told.isNews(fact))) {
      if (flags.output === 'json') out.line(JSON.stringify(fact))
      else rows(fact, columnsFrom(told.first))
    }
  }
  return 0
}

/** Columns of facts that come one by one cannot wait for the longest. */
const WIDTHS = [12, 8, 8, 15, 40]

function columnsFrom(first: Fact | undefined): Columns<Fact> {
  return {
    TIME: fact => fact.at.slice(11, 23),
    AFTER: fact => elapsed(first, fact),
    STAGE: fact => fact.stage,
    BY: fact => fact.by,
    WHAT: fact => (fact.severity === 'warning' ? `! ${fact.says}` : fact.says),
    EVIDENCE: fact =>
      Object.entries(fact.evidence ?? {})
        .map(([key, value]) => `${key}=${value}`)
        .join(' '),
  }
}

function elapsed(first: Fact | undefined, fact: Fact): string {
  return first ? `${((Date.parse(fact.at) - Date.parse(first.at)) / 1000).toFixed(1)} s` : ''
}

/** Which facts were shown. An image's progress is news at every tenth only. */
class Told {
  readonly #shown = new Set<string>()
  #tenth = -1
  first: Fact | undefined

  get nothing(): boolean {
    return this.#shown.size === 0
  }

  isNews(fact: Fact): boolean {
    const name = `${fact.at} ${fact.by} ${fact.what} ${fact.evidence?.action ?? ''}`
    if (this.#shown.has(name) || !this.#isStep(fact)) return false
    this.#shown.add(name)
    this.first ??= fact
    return true
  }

  #isStep({ what, evidence }: Fact): boolean {
    if (what !== 'image-progress') return true
    const tenth = Math.floor((10 * Number(evidence?.bytes)) / Number(evidence?.total))
    if (Number.isNaN(tenth) || tenth === this.#tenth) return false
    this.#tenth = tenth
    return true
  }
}
