import { hardwareNamed } from './hardware.ts'
import { ourTarget } from './ours.ts'
import { type Listing, nameOf, type Outcome, type Target, type Task } from './target.ts'
import { etcdTarget } from './theirs.ts'

// A process that makes load, apart from whoever bears it: `load.ts ours KUBECONFIG`, `load.ts etcd ADDRESS`.
const [of, where = ''] = process.argv.slice(2)
const target = of === 'etcd' ? etcdTarget(where) : ourTarget(where)
process.on('message', async task => process.send?.(await measure(target, task as Task)))
process.once('disconnect', () => process.exit())

async function measure(target: Target, task: Task): Promise<Outcome> {
  const times: number[] = []
  const listings: Listing[] = []
  // Written before time is taken: the generator shares its processors with whoever is measured.
  const bodies = task.verb === 'create' ? Array.from({ length: task.calls }, (_, n) => bodyOf(task.first + n)) : []
  let done = 0
  const client = async () => {
    while (done < task.calls) {
      const number = task.first + (done++ % (task.among ?? task.calls))
      const start = performance.now()
      const listing = await call(target, task, { number, body: bodies[number - task.first] ?? '' })
      times.push(performance.now() - start)
      if (listing) listings.push(listing)
    }
  }
  const start = performance.now()
  await Promise.all(Array.from({ length: task.clients }, client))
  const seconds = (performance.now() - start) / 1000
  const units = task.verb === 'list' ? listings.reduce((sum, listing) => sum + listing.count(), 0) : task.calls
  times.sort((a, b) => a - b)
  const percent = (of: number) => times[Math.floor(((times.length - 1) * of) / 100)] ?? 0
  return { perSecond: units / seconds, p50: percent(50), p99: percent(99) }
}

function bodyOf(number: number): string {
  return hardwareNamed(nameOf(number))
}

type One = { readonly number: number; readonly body: string }

async function call(target: Target, { verb }: Task, { number, body }: One): Promise<Listing | undefined> {
  const name = nameOf(number)
  if (verb === 'list') return target.list()
  if (verb === 'touch') await target.touch(name)
  else if (verb === 'create') await target.create(name, body)
  else if ((await target.get(name)) === 0) throw new Error(`${name} was not found`)
  return undefined
}
