/** What an initramfs is made of. Owner and group are always root and times always 0, so that a build repeats. */
export type Entry = { readonly path: string } & (
  | { readonly kind: 'folder'; readonly mode: number }
  | { readonly kind: 'file'; readonly mode: number; readonly content: Uint8Array }
  | { readonly kind: 'link'; readonly target: string }
  | { readonly kind: 'device'; readonly mode: number; readonly major: number; readonly minor: number }
)

const TYPE = { folder: 0o040000, file: 0o100000, link: 0o120000, device: 0o020000 } as const

/** One entry in the kernel's "newc" format (Documentation/driver-api/early-userspace/buffer-format). */
export function encodeEntry(entry: Entry, inode: number): Uint8Array[] {
  const content = contentOf(entry)
  const name = `${entry.path.replace(/^\/+/, '')}\0`
  const mode = TYPE[entry.kind] | (entry.kind === 'link' ? 0o777 : entry.mode)
  const [major, minor] = entry.kind === 'device' ? [entry.major, entry.minor] : [0, 0]
  const links = entry.kind === 'folder' ? 2 : 1
  const nameLength = Buffer.byteLength(name)
  const fields = [inode, mode, 0, 0, links, 0, content.length, 0, 0, major, minor, nameLength, 0]
  const head = Buffer.from(`070701${fields.map(hex).join('')}${name}`)
  return [head, padding(head.length), content, padding(content.length)]
}

/** The whole archive, a piece at a time: folders that were not named come before what lies in them. */
export function* encodeArchive(entries: readonly Entry[]): Generator<Uint8Array> {
  let inode = 1
  for (const entry of withFolders(entries)) yield* encodeEntry(entry, inode++).filter(bytes => bytes.length > 0)
  yield* encodeEntry({ path: 'TRAILER!!!', kind: 'file', mode: 0, content: new Uint8Array() }, 0)
}

/** Sorted by path, with every missing parent added as a folder. */
export function withFolders(entries: readonly Entry[]): Entry[] {
  const all = new Map<string, Entry>()
  for (const entry of entries) {
    const parts = entry.path.replace(/^\/+/, '').split('/')
    for (let depth = 1; depth < parts.length; depth++) {
      const path = `/${parts.slice(0, depth).join('/')}`
      if (!all.has(path)) all.set(path, { path, kind: 'folder', mode: 0o755 })
    }
    all.set(`/${parts.join('/')}`, entry)
  }
  return [...all.keys()].sort().flatMap(path => all.get(path) ?? [])
}

function contentOf(entry: Entry): Uint8Array {
  if (entry.kind === 'file') return entry.content
  return entry.kind === 'link' ? Buffer.from(entry.target) : new Uint8Array()
}

function padding(length: number): Uint8Array {
  return new Uint8Array((4 - (length % 4)) % 4)
}

function hex(value: number): string {
  return value.toString(16).toUpperCase().padStart(8, '0')
}
