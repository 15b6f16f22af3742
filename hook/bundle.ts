import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type BuildOptions, build } from 'esbuild'

const ROOT = join(import.meta.dirname, '..')

/** What runs inside the machine, each from its source to one file. */
const ENTRIES = { worker: 'apps/worker.ts', actions: 'hook/actions/main.ts' } as const

/** Some libraries are CommonJS and call `require` for Node's own modules; an ES module has to be given one. */
const REQUIRE =
  "import { createRequire as bellhopRequire } from 'node:module'; const require = bellhopRequire(import.meta.url);"

/** Bundles one program with all it imports, so that HookOS needs no node_modules. */
export async function bundleProgram(entry: string, outfile: string): Promise<void> {
  const options: BuildOptions = {
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node26',
    minify: true,
    keepNames: true, // faults and stack traces are read by people
    legalComments: 'none',
    banner: { js: REQUIRE },
    logLevel: 'silent', // what fails is thrown, with its place
  }
  await build(options)
}

/** Writes `worker.mjs` and `actions.mjs` into a folder and says where they are. */
export async function bundleWorker(out: string): Promise<{ worker: string; actions: string }> {
  await mkdir(out, { recursive: true })
  const [worker, actions] = [resolve(out, 'worker.mjs'), resolve(out, 'actions.mjs')]
  await bundleProgram(join(ROOT, ENTRIES.worker), worker)
  await bundleProgram(join(ROOT, ENTRIES.actions), actions)
  return { worker, actions }
}
