import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import type { Log } from '../machinery/host/log.ts'
import { command } from './command.ts'

/** Written before a namespace is made, so that it is found again however its owner ended. */
interface Claim {
  readonly namespace: string
  readonly pid: number
  /** When the owner started: tells it from a later process that was given the same number. */
  readonly started: string
}

const NAMESPACES = '/run/netns'
const PATIENCE = 3_000

/** Makes a namespace that is known, in a file of `dir`, to be this process's. */
export async function claimNamespace(dir: string, namespace: string): Promise<void> {
  const started = await startOf(process.pid)
  const claim: Claim = { namespace, pid: process.pid, started: started ?? '' }
  await writeFile(`${dir}/${namespace}.json`, JSON.stringify(claim))
  await command(['ip', 'netns', 'add', namespace])
}

/** Ends every process in a namespace of ours, removes it, and forgets it. */
export async function removeNamespace(dir: string, namespace: string): Promise<void> {
  const names = await readdir(NAMESPACES).catch(ifMissing<string[]>([]))
  if (names.includes(namespace)) {
    await endProcesses(namespace)
    await command(['ip', 'netns', 'delete', namespace])
  }
  await rm(`${dir}/${namespace}.json`, { force: true })
}

/** Removes what labs that were killed left behind, and nothing else. */
export async function sweepNamespaces(dir: string, log: Log): Promise<void> {
  for (const name of await readdir(dir)) {
    if (!name.endsWith('.json')) continue
    const claim = parseClaim(await readFile(`${dir}/${name}`, 'utf8'))
    if (claim && (await startOf(claim.pid)) === claim.started) continue
    const namespace = name.slice(0, -'.json'.length)
    log.info('a network namespace of a lab that was killed is removed', { namespace })
    await removeNamespace(dir, namespace)
  }
}

async function endProcesses(namespace: string): Promise<void> {
  const deadline = Date.now() + PATIENCE
  for (let signal: NodeJS.Signals = 'SIGTERM'; ; signal = Date.now() < deadline ? 'SIGTERM' : 'SIGKILL') {
    const pids = (await command(['ip', 'netns', 'pids', namespace])).split('\n').filter(Boolean).map(Number)
    // This process may itself be inside, when it is the one that cleans up.
    const others = pids.filter(pid => pid !== process.pid)
    if (others.length === 0) return
    for (const pid of others) end(pid, signal)
    await wait(50)
  }
}

function end(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (fault) {
    // It ended between the listing and now, which is what was wanted.
    if (!(fault instanceof Error && 'code' in fault && fault.code === 'ESRCH')) throw fault
  }
}

/** Field 22 of proc(5)'s stat; the program's name before it may hold spaces and brackets. */
async function startOf(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(ifMissing(''))
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
}

function parseClaim(text: string): Claim | undefined {
  try {
    const { namespace, pid, started } = JSON.parse(text)
    return { namespace: String(namespace), pid: Number(pid), started: String(started) }
  } catch (fault) {
    // Half-written when its owner was killed: whoever it was is gone.
    if (fault instanceof SyntaxError) return undefined
    throw fault
  }
}

function ifMissing<T>(instead: T): (fault: unknown) => T {
  return fault => {
    if (fault instanceof Error && 'code' in fault && (fault.code === 'ENOENT' || fault.code === 'ESRCH')) return instead
    throw fault
  }
}
