import { readFileSync, writeFileSync } from 'node:fs'

interface Locked {
  readonly version?: string
  readonly resolved?: string
  readonly dev?: boolean
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

export interface Lock {
  readonly packages: Readonly<Record<string, Locked>>
}

/**
 * Packages of other platforms that the lock names as optional and does not hold. npm leaves out those that the registry of
 * the day does not have, and then refuses to install from the lock it wrote.
 */
export function missing(lock: Lock): ReadonlyMap<string, Locked> {
  const lost = new Map<string, Locked>()
  for (const holder of Object.values(lock.packages)) {
    for (const [name, version] of Object.entries(holder.optionalDependencies ?? {})) {
      const place = `node_modules/${name}`
      if (!Object.hasOwn(lock.packages, place)) lost.set(place, entryFor(name, version, holder))
    }
  }
  return lost
}

/** What the registry would say of it, as far as npm asks: for which system it is, so that no other one fetches it. */
function entryFor(name: string, version: string, holder: Locked): Locked {
  const words = name.split(/[-/]/)
  const os = OSES.find(word => words.includes(word))
  const cpu = CPUS.find(([word]) => words.includes(word))?.[1]
  const system = {
    ...(cpu && { cpu: [cpu] }),
    ...(os && { os: [os] }),
    ...(words.includes('musl') && { libc: ['musl'] }),
  }
  return { version, ...system, ...(holder.dev && { dev: true }), optional: true } as Locked
}

const OSES = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32']
const CPUS = [
  ['arm64', 'arm64'],
  ['armv7', 'arm'],
  ['arm', 'arm'],
  ['x64', 'x64'],
  ['ia32', 'ia32'],
  ['ppc64', 'ppc64'],
  ['riscv64', 'riscv64'],
  ['s390x', 's390x'],
] as const

/** `node lint/lock.ts`: completes package-lock.json after `npm install` has written it. */
if (import.meta.main) {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock
  const all = { ...lock.packages, ...Object.fromEntries(missing(lock)) }
  const sorted = Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)))
  writeFileSync('package-lock.json', `${JSON.stringify({ ...lock, packages: sorted }, undefined, 2)}\n`)
}
