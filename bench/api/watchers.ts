import { Agent, request } from 'node:https'
import { loadKubeconfig } from '../../machinery/api/remote/kubeconfig.ts'
import { COLLECTION, SENT } from './hardware.ts'

// Many watchers of one kind, each over a connection of its own: `watchers.ts KUBECONFIG COUNT`. Asked how many changes
// there were, it answers when each watcher has seen them all: how long after their sending.
const [kubeconfig = '', count = '1'] = process.argv.slice(2)
const { server, authority: ca, certificate: cert, key } = loadKubeconfig(kubeconfig)
const agent = new Agent({ ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) })
const MARK = Buffer.from(`"${SENT}":"`)
const LINE = 10

const delays: number[] = []
let changes = Number.POSITIVE_INFINITY
let began = 0

for (let n = 0; n < Number(count); n++) watch()

process.on('message', (message: { readonly changes: number }) => {
  changes = message.changes
  answer()
})
process.once('disconnect', () => process.exit())

function watch(): void {
  const sent = request(`${server}${COLLECTION}?watch=true&sendInitialEvents=false&resourceVersionMatch=NotOlderThan`, {
    agent,
  })
  sent.once('response', response => {
    if (++began === Number(count)) process.send?.('watching')
    let rest: Buffer = Buffer.alloc(0)
    response.on('data', (chunk: Buffer) => {
      rest = linesOf(rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk)
      answer()
    })
  })
  sent.end()
}

/** Notes every whole line, and gives back what is left. */
function linesOf(bytes: Buffer): Buffer {
  const now = performance.timeOrigin + performance.now()
  let start = 0
  for (let end = bytes.indexOf(LINE); end >= 0; end = bytes.indexOf(LINE, start)) {
    const mark = bytes.indexOf(MARK, start)
    if (mark >= 0 && mark < end)
      delays.push(now - Number.parseFloat(bytes.toString('latin1', mark + MARK.length, mark + 40)))
    start = end + 1
  }
  return bytes.subarray(start)
}

function answer(): void {
  if (delays.length < changes * Number(count)) return
  delays.sort((a, b) => a - b)
  const percent = (of: number) => delays[Math.floor(((delays.length - 1) * of) / 100)] ?? 0
  process.send?.({ p50: percent(50), p99: percent(99), worst: percent(100) })
  changes = Number.POSITIVE_INFINITY
}
