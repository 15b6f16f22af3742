import { type Fact, Timeline } from '../../machinery/api/timeline.ts'
import { choice, command, text } from './command.ts'

export const timeline = command({
  name: 'timeline',
  summary: 'Show what one machine did, when, and with what evidence',
  args: [{ name: '<machine>', says: 'name of its Hardware, or mac-52-54-00-12-34-56 for a machine that has none' }],
  flags: {
    namespace: text('eksa-system', 'the namespace of the Hardware'),
    output: choice(['table', 'json'], 'how to print'),
  },
  async run({ flags, args, client, out }) {
    const [name = ''] = args
    const found = await client.get(Timeline, { name, namespace: flags.namespace })
    if (!found) {
      const known = (await client.list(Timeline, { namespace: flags.namespace })).items.map(item => item.metadata.name)
      out.line(`Nothing was seen of ${name}. Machines seen: ${known.join(', ') || 'none yet'}.`)
      return 1
    }
    const facts = found.status?.facts ?? []
    if (flags.output === 'json') {
      out.json(facts)
      return 0
    }
    out.table(facts, {
      TIME: fact => fact.at.slice(11, 23),
      AFTER: fact => elapsed(facts[0], fact),
      STAGE: fact => fact.stage,
      BY: fact => fact.by,
      WHAT: fact => (fact.severity === 'warning' ? `! ${fact.says}` : fact.says),
      EVIDENCE: fact =>
        Object.entries(fact.evidence ?? {})
          .map(([key, value]) => `${key}=${value}`)
          .join(' '),
    })
    return 0
  },
})

function elapsed(first: Fact | undefined, fact: Fact): string {
  return first ? `${((Date.parse(fact.at) - Date.parse(first.at)) / 1000).toFixed(1)} s` : ''
}
