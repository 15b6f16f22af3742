import { api } from './api.ts'
import { boot } from './boot.ts'
import { type Bench, printFigure } from './figure.ts'

/** `npm run bench -- NAME...`: each prints one JSON line a figure. */
const BENCHES: Readonly<Record<string, Bench>> = { api, boot }

const names = process.argv.slice(2)
const unknown = names.find(name => !Object.hasOwn(BENCHES, name))
if (names.length === 0 || unknown !== undefined) {
  const what = unknown === undefined ? '' : `there is no bench "${unknown}"; `
  process.stderr.write(`${what}npm run bench -- NAME, where NAME is ${Object.keys(BENCHES).join(', ')}\n`)
  process.exitCode = 1
} else {
  for (const name of names) for await (const figure of BENCHES[name]?.() ?? []) printFigure(name, figure)
}
