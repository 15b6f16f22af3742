/** A kernel module's name as the kernel says it: the file's name without its endings, dashes as underscores. */
export function moduleName(path: string): string {
  return path
    .slice(path.lastIndexOf('/') + 1)
    .replace(/\.ko(\.(xz|zst|gz))?$/, '')
    .replaceAll('-', '_')
}

export interface ModuleIndex {
  /** Path by name. */
  readonly paths: ReadonlyMap<string, string>
  /** Paths that a path needs, hard and soft. */
  readonly needs: ReadonlyMap<string, readonly string[]>
}

/** Reads modules.dep (`a.ko: b.ko c.ko`) and modules.softdep (`softdep a pre: b post: c`), as depmod writes them. */
export function parseModules(dep: string, softdep: string): ModuleIndex {
  const paths = new Map<string, string>()
  const needs = new Map<string, string[]>()
  for (const line of dep.split('\n')) {
    const colon = line.indexOf(':')
    if (colon < 0) continue
    const path = line.slice(0, colon)
    paths.set(moduleName(path), path)
    needs.set(path, words(line.slice(colon + 1)))
  }
  for (const line of softdep.split('\n')) {
    const [keyword, name, ...others] = words(line)
    const path = keyword === 'softdep' && name ? paths.get(moduleName(name)) : undefined
    if (!path) continue
    const soft = others.filter(word => !word.endsWith(':')).flatMap(word => paths.get(moduleName(word)) ?? [])
    needs.set(path, [...(needs.get(path) ?? []), ...soft])
  }
  return { paths, needs }
}

/** Everything that the wanted paths need, themselves included; each once, in sorted order; circles do no harm. */
export function closure(index: ModuleIndex, wanted: Iterable<string>): string[] {
  const found = new Set<string>()
  const waiting = [...wanted]
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (found.has(path)) continue
    found.add(path)
    waiting.push(...(index.needs.get(path) ?? []))
  }
  return [...found].sort()
}

export interface Selection {
  readonly wanted: readonly string[]
  readonly unwanted: readonly string[]
}

/** The chosen modules' paths, and the chosen names that this kernel has no module for (built in, or gone). */
export function chooseModules(index: ModuleIndex, selection: Selection): { paths: string[]; unknown: string[] } {
  const unwanted = new Set(selection.unwanted.map(moduleName))
  const chosen = new Set<string>()
  const unknown: string[] = []
  for (const want of selection.wanted) {
    const found = want.endsWith('/') ? inFolder(index, want) : [index.paths.get(moduleName(want))]
    const known = found.filter(path => path !== undefined)
    if (known.length === 0) unknown.push(want)
    for (const path of known) if (!unwanted.has(moduleName(path))) chosen.add(path)
  }
  return { paths: closure(index, chosen), unknown }
}

function inFolder(index: ModuleIndex, folder: string): string[] {
  return [...index.paths.values()].filter(path => path.startsWith(`kernel/${folder}`))
}

function words(text: string): string[] {
  return text.split(/\s+/).filter(word => word !== '')
}
