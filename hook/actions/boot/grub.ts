import { words } from './words.ts'

/** What a menu entry boots. */
export interface GrubEntry {
  readonly title: string
  readonly id: string | undefined
  /** Its place: `2`, or `1>0` in a submenu. */
  readonly place: string
  readonly kernel: string
  readonly initrds: readonly string[]
  readonly cmdline: string
}

export interface GrubConfig {
  /** Title, id or place of what boots by itself. */
  readonly chosen: string
  readonly entries: readonly GrubEntry[]
}

interface Menu {
  readonly title: string
  readonly id: string | undefined
  readonly place: string
  readonly isEntry: boolean
  children: number
}

/** An entry that is still being read. */
type Draft = { -readonly [K in 'kernel' | 'cmdline']?: string } & { initrds: string[] }

/**
 * Reads what a grub.cfg says about kernels. It is a script; of its control flow only the braces of menus are followed, and
 * the last `set` of a variable counts, which is what grub-mkconfig's files mean. `env` is what grubenv holds.
 */
export function parseGrub(text: string, env: ReadonlyMap<string, string> = new Map()): GrubConfig {
  const reader = new GrubReader(env)
  for (const line of text.replace(/\\\r?\n/g, ' ').split(/\r?\n/)) reader.line(line)
  return { chosen: reader.chosen, entries: reader.entries }
}

class GrubReader {
  readonly entries: GrubEntry[] = []
  readonly #variables: Map<string, string>
  readonly #menus: Menu[] = []
  #braces = 0
  #top = 0
  #draft: Draft = { initrds: [] }

  constructor(env: ReadonlyMap<string, string>) {
    this.#variables = new Map(env)
  }

  get chosen(): string {
    return this.#variables.get('default') || '0'
  }

  line(line: string): void {
    const [command, ...args] = words(line, this.#variables)
    if (command === undefined) return
    if (command === 'menuentry' || command === 'submenu') this.#open(command, args)
    else if (command === '}') this.#close()
    else if (args.at(-1) === '{') this.#braces++
    else if (command === 'set' && args[0]) this.#set(args[0])
    else if (/^linux(16|efi)?$/.test(command))
      [this.#draft.kernel, this.#draft.cmdline] = [args[0], args.slice(1).filter(Boolean).join(' ')]
    else if (/^initrd(16|efi)?$/.test(command)) this.#draft.initrds.push(...args.filter(Boolean))
  }

  #set(assignment: string): void {
    const [name = '', ...value] = assignment.split('=')
    this.#variables.set(name, value.join('='))
  }

  #open(command: string, args: readonly string[]): void {
    const above = this.#menus.at(-1)
    const number = above ? above.children++ : this.#top++
    const isEntry = command === 'menuentry'
    const place = above ? `${above.place}>${number}` : `${number}`
    this.#menus.push({ title: args[0] ?? '', id: idOf(args), place, isEntry, children: 0 })
    if (isEntry) this.#draft = { initrds: [] }
  }

  #close(): void {
    if (this.#braces > 0) {
      this.#braces--
      return
    }
    const menu = this.#menus.pop()
    if (!menu?.isEntry || this.#draft.kernel === undefined) return
    const { title, id, place } = menu
    const { kernel, cmdline = '', initrds } = this.#draft
    this.entries.push({ title, id, place, kernel, cmdline, initrds })
  }
}

/** `--id name`, or what grub-mkconfig writes: `$menuentry_id_option 'name'`, whose variable is not set in the file itself. */
function idOf(args: readonly string[]): string | undefined {
  const at = args.indexOf('--id')
  if (at >= 0) return args[at + 1]
  const last = args.at(-2)
  const before = args.at(-3)
  return last !== undefined && args.length > 2 && !last.startsWith('--') && !before?.startsWith('--') ? last : undefined
}

/** What boots when nobody touches a key: the chosen entry, or the first one below a chosen submenu. */
export function defaultEntry(config: GrubConfig): GrubEntry | undefined {
  const wanted = config.chosen.split('>').at(-1) ?? ''
  return (
    config.entries.find(entry => entry.place === config.chosen) ??
    config.entries.find(entry => entry.id === wanted || entry.title === wanted) ??
    config.entries.find(entry => entry.place.startsWith(`${config.chosen}>`))
  )
}

/** The variables of a grubenv file: `name=value` lines in a block of 1024 bytes. */
export function parseGrubenv(text: string): ReadonlyMap<string, string> {
  const pairs = text.split('\n').flatMap(line => {
    const match = /^([A-Za-z_]\w*)=(.*)$/.exec(line)
    return match?.[1] ? [[match[1], match[2] ?? ''] as const] : []
  })
  return new Map(pairs)
}
