import { spawn } from 'node:child_process'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { toHex } from '../../../wire/bytes.ts'
import { ActionFault } from '../fault.ts'
import { faultOf } from '../program.ts'

export type Compression = 'gz' | 'xz' | 'zst' | 'bz2' | 'raw'

/** The first bytes of each format, in hexadecimal. */
const MAGIC: readonly (readonly [RegExp, Compression])[] = [
  [/^1f8b08/, 'gz'], // RFC 1952 §2.3
  [/^fd377a585a00/, 'xz'],
  [/^28b52ffd|^5.2a4d18/, 'zst'], // RFC 8878 §3.1.1, and a skippable frame first, as pzstd writes
  [/^425a683[1-9]314159265359/, 'bz2'],
]

const SUFFIX: Readonly<Record<string, Compression>> = {
  gz: 'gz',
  xz: 'xz',
  zst: 'zst',
  zs: 'zst',
  zstd: 'zst',
  bz2: 'bz2',
  bzip2: 'bz2',
}

/** Bytes that `detect` looks at. */
export const HEAD = 16

/** Tells the compression by the content; a name that promises another one means that something else was sent. */
export function detect(head: Uint8Array, path: string): Compression {
  const hex = toHex(head.subarray(0, HEAD))
  if (hex.startsWith('514649fb')) {
    throw new ActionFault('action/format', `${path} is a qcow2 image: image2disk writes raw images, compressed or not`)
  }
  const found = MAGIC.find(([magic]) => magic.test(hex))?.[1] ?? 'raw'
  const promised = SUFFIX[/\.([a-z0-9]+)$/i.exec(path)?.[1]?.toLowerCase() ?? '']
  if (promised && found === 'raw') {
    throw new ActionFault('action/format', `${path} is named .${promised}, but what was sent is not`)
  }
  return found
}

/** Makes the disk's bytes of the image's bytes. An image that ends too early, or goes on after its end, is refused. */
export async function* decompress(
  compression: Compression,
  bytes: AsyncIterable<Buffer>,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  if (compression === 'raw') yield* bytes
  else if (compression === 'gz' || compression === 'zst') yield* inProcess(compression, bytes)
  else yield* byProgram(compression === 'xz' ? 'xz' : 'bzip2', bytes, signal)
}

const CHUNK = 1024 * 1024

async function* inProcess(compression: 'gz' | 'zst', bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const { createGunzip, createZstdDecompress } = await import('node:zlib')
  // Large pieces: with the default of 16 KiB most of the time goes into handing them over.
  const decoder = compression === 'gz' ? createGunzip({ chunkSize: CHUNK }) : createZstdDecompress({ chunkSize: CHUNK })
  const feeding = pipeline(Readable.from(bytes, { objectMode: false }), decoder)
  feeding.catch(() => undefined) // the same fault comes out of the decoder, or is awaited below
  try {
    for await (const chunk of decoder as AsyncIterable<Buffer>) yield chunk
    await feeding
  } catch (error) {
    throw decodingFault(compression, error)
  } finally {
    decoder.destroy()
  }
}

function decodingFault(compression: Compression, error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return error
  if (!/^(Z_|ZSTD_)/.test(error.code)) return error
  const cut = error.code === 'Z_BUF_ERROR'
  return new ActionFault(
    cut ? 'action/truncated' : 'action/format',
    `the image is ${cut ? 'cut off' : 'damaged'}: its ${compression} stream says "${error.message}"`,
    {},
    error,
  )
}

/** As a filter; XZ_OPT lets xz use every processor, and busybox's xz ignores it. */
async function* byProgram(program: string, bytes: AsyncIterable<Buffer>, signal: AbortSignal): AsyncGenerator<Buffer> {
  const child = spawn(program, ['-dc'], { env: { ...process.env, XZ_OPT: '-T0' }, signal })
  let says = ''
  child.stderr.setEncoding('utf8').on('data', text => {
    says = (says + text).slice(-1000)
  })
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', error => reject(faultOf(program, error)))
    child.on('close', resolve)
  })
  // A program that ends early closes its input: then its own words are the reason, not the broken pipe.
  const feeding = pipeline(Readable.from(bytes, { objectMode: false }), child.stdin).catch(error => error)
  try {
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) yield chunk
    const code = await ended
    const fed = await feeding
    if (fed instanceof ActionFault) throw fed
    if (code !== 0)
      throw new ActionFault('action/format', `the image is damaged or cut off: ${program}: ${says.trim()}`)
    if (fed instanceof Error) throw fed
  } finally {
    child.kill('SIGKILL')
  }
}
