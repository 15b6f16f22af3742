import { ActionFault } from './fault.ts'
import { Checksums } from './image/checksum.ts'
import { decompress, detect, HEAD } from './image/compression.ts'
import { Download } from './image/download.ts'
import { rereadPartitions } from './image/partitions.ts'
import { parseSource, type Source } from './image/source.ts'
import { openTarget, type Target } from './image/target.ts'
import { ImageWriter } from './image/writer.ts'
import type { Action, Done, World } from './world.ts'

const STALL = 30_000
const MINUTE = 60_000
/** The console of a machine is read by people, and may be a slow serial line. */
const PRINT = 10_000

/**
 * Streams a disk image from a web server onto a disk. Variables: IMG_URL, DEST_DISK, COMPRESSED, RETRY_ENABLED,
 * RETRY_DURATION_MINUTES, PROGRESS_INTERVAL_SECONDS as upstream has them; IMG_SHA256 and IMG_SHA512 of what is sent.
 */
export const image2disk: Action = async world => {
  const { variables } = world
  const source = parseSource(variables.required('IMG_URL'), 'IMG_URL')
  const path = variables.path('DEST_DISK')
  const checksums = new Checksums(variables)
  const target = await openTarget(path, world)
  const sizes = await fill(target, { source, checksums }, world)
  const partitions = await rereadPartitions(target, world) // not before the disk is closed: until then it is in use, by us
  return done(path, sizes, partitions)
}

type Sizes = { readonly sent: number; readonly written: number }

async function fill(open: Target, from: Pick<Stream, 'source' | 'checksums'>, world: World): Promise<Sizes> {
  await using target = open
  const download = await openDownload(from.source, world)
  const written = await stream({ ...from, download, target }, world)
  return { sent: download.done, written }
}

function openDownload(source: Source, { variables, clock, signal, log, env }: World): Promise<Download> {
  const retries = variables.flag('RETRY_ENABLED', true)
  const patience = retries ? variables.count('RETRY_DURATION_MINUTES', 10) * MINUTE : 0
  return Download.open({ source, signal, clock, log, env, stall: STALL, patience })
}

interface Stream {
  readonly source: Source
  readonly download: Download
  readonly target: Target
  readonly checksums: Checksums
}

/** Returns the bytes of the image as it lies on the disk. */
async function stream({ source, download, target, checksums }: Stream, world: World): Promise<number> {
  const encoded = counted(download, checksums, world)
  const { head, rest } = await peek(encoded)
  const mayBeCompressed = world.variables.flag('COMPRESSED', true)
  const compression = mayBeCompressed ? detect(head, source.shown) : 'raw'
  if (compression === 'raw') refuseUnlikely({ source, download, target, checksums })
  world.log(`${source.shown}: ${download.total ?? 'an unknown number of'} bytes, ${compression}, onto ${target.path}`)

  const writer = new ImageWriter(target)
  await writer.begin()
  for await (const chunk of decompress(compression, rest, world.signal)) await writer.write(chunk)
  for await (const _ of rest); // what lies behind the end of a compressed stream still counts for size and checksum
  await writer.flush()
  checksums.verify(source.shown)
  await writer.commit()
  return writer.length
}

/** A raw image says nothing about its own end: the server has to, or a checksum. */
function refuseUnlikely({ source, download, target, checksums }: Stream): void {
  if (!download.endIsKnown && !checksums.any) {
    const sentence = `${source.shown}: the server does not say how long the raw image is; give IMG_SHA256`
    throw new ActionFault('action/download', sentence)
  }
  if ((download.total ?? 0) > target.size) {
    const sizes = `${download.total} bytes do not fit on ${target.path} (${target.size} bytes)`
    throw new ActionFault('action/device', `${source.shown}: ${sizes}`)
  }
}

async function* counted(download: Download, checksums: Checksums, world: World): AsyncGenerator<Buffer> {
  const interval = world.variables.count('PROGRESS_INTERVAL_SECONDS', 1) * 1000
  let [told, printed] = [world.clock.now(), world.clock.now()]
  for await (const chunk of download.bytes()) {
    checksums.update(chunk)
    yield chunk
    const now = world.clock.now()
    if (now - told < interval) continue
    told = now
    world.progress(download.done, download.total ?? 0)
    if (now - printed < PRINT) continue
    printed = now
    world.log(`${megabytes(download.done)} of ${download.total ? megabytes(download.total) : 'an unknown number'} MB`)
  }
  world.progress(download.done, download.total ?? download.done)
}

const megabytes = (bytes: number) => Math.round(bytes / 1_000_000)

/** Looks at the first bytes without losing them. */
async function peek(bytes: AsyncGenerator<Buffer>): Promise<{ head: Buffer; rest: AsyncGenerator<Buffer> }> {
  let head = Buffer.alloc(0)
  while (head.length < HEAD) {
    const next = await bytes.next()
    if (next.done) break
    head = Buffer.concat([head, next.value])
  }
  async function* all() {
    if (head.length > 0) yield head
    yield* bytes
  }
  return { head, rest: all() }
}

function done(path: string, { sent, written }: Sizes, partitions: readonly string[]): Done {
  const found = partitions.length > 0 ? `; partitions ${partitions.join(', ')}` : ''
  return { message: `wrote ${written} bytes to ${path} from ${sent} bytes downloaded${found}` }
}
