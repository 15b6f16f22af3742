import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { gzip, zstdCompress } from 'node:zlib'
import { FileDisk } from './simulated/disk.ts'
import { type Answer, cutAfter, file, status, WebServer } from './simulated/server.ts'
import { act } from './simulated/world.ts'

const MB = 1024 * 1024

/** A disk image with a table-like head, data that does not compress, a long row of zeros, and an odd number of sectors. */
const IMAGE = Buffer.concat([noise(1.5 * MB), Buffer.alloc(2 * MB), noise(MB + 512)])
const SIZE = 6 * MB

function noise(length: number): Buffer {
  const bytes = Buffer.alloc(length)
  let state = length
  for (let at = 0; at < length; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    bytes[at] = state >>> 24
  }
  return bytes
}

function packed(program: string): Buffer {
  return execFileSync(program, ['-c'], { input: IMAGE, maxBuffer: 16 * MB })
}

async function write(answers: readonly [Answer, ...Answer[]], env: Record<string, string> = {}, name = 'os.img') {
  await using server = await WebServer.start(...answers)
  await using disk = await FileDisk.make(SIZE)
  const outcome = await act('image2disk', {
    IMG_URL: `${server.url}/${name}`,
    DEST_DISK: disk.path,
    RETRY_DURATION_MINUTES: '1',
    ...env,
  })
  return { ...outcome, asked: server.asked, disk: await disk.read() }
}

/** The image, untouched old data, and a wiped end. */
function assertWritten(disk: Buffer): void {
  assert.ok(disk.subarray(0, IMAGE.length).equals(IMAGE), 'the image is on the disk')
  const between = disk.subarray(IMAGE.length, SIZE - MB)
  assert.ok(
    between.every(byte => byte === 0xaa),
    'what lies behind the image is not touched',
  )
  assert.ok(
    disk.subarray(SIZE - MB).every(byte => byte === 0),
    'the end, with an old backup GPT, is wiped',
  )
}

/** Nothing that a firmware would boot, nor anybody take for an installed system. */
function assertBlank(disk: Buffer): void {
  assert.ok(
    disk.subarray(0, MB).every(byte => byte === 0),
    'the head of the disk is empty',
  )
}

const FORMATS = [
  ['os.img', IMAGE],
  ['os.img.gz', await promisify(gzip)(IMAGE)],
  ['os.img.zst', await promisify(zstdCompress)(IMAGE)],
  ['os.img.xz', packed('xz')],
  ['os.img.bz2', packed('bzip2')],
] as const

for (const [name, bytes] of FORMATS) {
  test(`${name} is written as it was before it was packed`, async () => {
    const { code, message, events, disk } = await write([file(bytes)], { COMPRESSED: 'true' }, name)
    assert.equal(code, 0, message)
    assertWritten(disk)
    assert.match(message, new RegExp(`^wrote ${IMAGE.length} bytes to .* from ${bytes.length} bytes downloaded$`))
    assert.deepEqual(
      events.find(event => 'progress' in event),
      { progress: { done: bytes.length, total: bytes.length } },
    )
  })

  test(`${name} is told by its content when the URL does not show it`, async () => {
    const { code, message, disk } = await write([file(bytes)], {}, 'download?id=7')
    assert.equal(code, 0, message)
    assertWritten(disk)
  })

  for (const part of [0.001, 0.1, 0.5, 0.9, 0.9999]) {
    const length = Math.floor(bytes.length * part)
    test(`${name} cut off on the server after ${length} bytes is no success`, async () => {
      const { code, message, disk } = await write([file(bytes.subarray(0, length))], {}, name)
      if (name === 'os.img' && length % 512 === 0) return // a shorter image, as far as anybody can tell
      assert.equal(code, 1)
      assert.match(message, /cut off|damaged|is empty/)
      assertBlank(disk)
    })

    test(`${name} goes on after a cut connection at ${length}`, async () => {
      const { code, message, asked, disk } = await write([cutAfter(length, bytes), file(bytes)], {}, name)
      assert.equal(code, 0, message)
      assert.equal(asked.length, 2)
      assert.match(asked[1]?.headers.range ?? '', /^bytes=\d+-$/)
      assertWritten(disk)
    })
  }
}

const [, gz] = FORMATS[1]

test('every connection is cut after a little: it arrives all the same', async () => {
  const { code, message, asked, disk } = await write([cutAfter(gz.length / 5, gz)], {}, 'os.img.gz')
  assert.equal(code, 0, message)
  assert.ok(asked.length >= 5)
  assertWritten(disk)
})

test('a server without ranges sends all again, and the old part is skipped', async () => {
  const whole: Answer = (_, response) => {
    response.writeHead(200, { etag: '"v1"', 'content-length': gz.length }).end(gz)
  }
  const { code, message, disk } = await write([cutAfter(gz.length / 2, gz), whole], {}, 'os.img.gz')
  assert.equal(code, 0, message)
  assertWritten(disk)
})

test('a file that changed on the server is not joined to the old half', async () => {
  const { code, message, disk } = await write([cutAfter(gz.length / 2, gz), file(gz, '"v2"')], {}, 'os.img.gz')
  assert.equal(code, 1)
  assert.match(message, /the file changed on the server/)
  assertBlank(disk)
})

test('a cut is the end where retries are not wanted', async () => {
  const { code, message, disk } = await write([cutAfter(gz.length / 2, gz)], { RETRY_ENABLED: 'false' }, 'os.img.gz')
  assert.equal(code, 1)
  assert.match(message, new RegExp(`os.img.gz: cut after \\d+ of ${gz.length} bytes`))
  assertBlank(disk)
})

test('an image of unknown length is refused when raw, and read to its end mark when packed', async () => {
  const unknown =
    (bytes: Buffer): Answer =>
    (_, response) => {
      response.useChunkedEncodingByDefault = false
      response.writeHead(200, { connection: 'close' }).end(bytes)
    }
  const raw = await write([unknown(IMAGE)])
  assert.match(raw.message, /does not say how long the raw image is; give IMG_SHA256/)
  const withSum = await write([unknown(IMAGE)], { IMG_SHA256: createHash('sha256').update(IMAGE).digest('hex') })
  assert.equal(withSum.code, 0, withSum.message)
  assert.equal((await write([unknown(gz)])).code, 0)
  assert.match((await write([unknown(gz.subarray(0, -9))])).message, /cut off/)
})

test('checksums are of what is downloaded', async () => {
  const sums = (bytes: Buffer) => ({
    IMG_SHA256: createHash('sha256').update(bytes).digest('hex').toUpperCase(),
    IMG_SHA512: createHash('sha512').update(bytes).digest('hex'),
  })
  assert.equal((await write([file(gz)], sums(gz), 'os.img.gz')).code, 0)
  const wrong = await write([file(gz)], sums(IMAGE), 'os.img.gz')
  assert.equal(wrong.code, 1)
  assert.match(wrong.message, /IMG_SHA256 is [0-9a-f]{64}, but what was sent has [0-9a-f]{64}/)
  assertBlank(wrong.disk)
})

test('a 404 names URL and status, hides credentials and query, and leaves the disk alone', async () => {
  await using server = await WebServer.start(status(404))
  await using disk = await FileDisk.make(SIZE)
  const url = `${server.url.replace('//', '//user:hunter2@')}/os.img.gz?token=s3cret`
  const { code, message, log } = await act('image2disk', { IMG_URL: url, DEST_DISK: disk.path })
  assert.equal(code, 1)
  assert.equal(message, `${server.url}/os.img.gz: the server answered 404 Not Found`)
  assert.doesNotMatch(log.join('\n'), /hunter2|s3cret/)
  assert.equal(server.asked[0]?.headers.authorization, `Basic ${Buffer.from('user:hunter2').toString('base64')}`)
  assert.ok((await disk.read()).every(byte => byte === 0xaa))
})

test('a server that is overloaded, or redirects, is asked again', async () => {
  const redirect: Answer = (_, response) => response.writeHead(302, { location: '/elsewhere/os.img.gz' }).end()
  const { code, message, asked, disk } = await write([status(503), redirect, file(gz)], {}, 'os.img.gz')
  assert.equal(code, 0, message)
  assert.deepEqual(
    asked.map(request => request.url),
    ['/os.img.gz', '/os.img.gz', '/elsewhere/os.img.gz'],
  )
  assertWritten(disk)
})

test('an image that does not fit is refused, before anything is written where its size is known', async () => {
  const large = Buffer.alloc(SIZE + 512, 1)
  const raw = await write([file(large)])
  assert.match(raw.message, /6291968 bytes do not fit on .*disk \(6291456 bytes\)/)
  assert.ok(raw.disk.every(byte => byte === 0xaa))
  const bomb = await write([file(await promisify(gzip)(Buffer.alloc(64 * MB)))], {}, 'os.img.gz')
  assert.match(bomb.message, /the image does not fit/)
  assertBlank(bomb.disk)
})

const REFUSALS: readonly (readonly [string, Record<string, string>, RegExp])[] = [
  ['no URL', { IMG_URL: '' }, /^IMG_URL is not set$/],
  ['a URL that is none', { IMG_URL: 'os.img' }, /^IMG_URL is not a URL$/],
  ['another protocol', { IMG_URL: 'ftp://h/os.img' }, /^IMG_URL starts with ftp:/],
  ['a relative disk', { DEST_DISK: 'sda' }, /^DEST_DISK is "sda": an absolute path is wanted$/],
  ['something that is no disk', { DEST_DISK: '/dev/null' }, /^\/dev\/null is not a block device$/],
  ['a flag that is none', { RETRY_ENABLED: 'maybe' }, /^RETRY_ENABLED is "maybe": true or false is wanted$/],
  ['a checksum that is none', { IMG_SHA256: 'abc' }, /^IMG_SHA256 is "abc": 64 hexadecimal digits are wanted$/],
  ['retry minutes that are none', { RETRY_DURATION_MINUTES: '-1' }, /^RETRY_DURATION_MINUTES is "-1"/],
]

for (const [what, env, expected] of REFUSALS) {
  test(`${what} is refused by name`, async () => {
    const { code, message } = await write([file(IMAGE)], env)
    assert.equal(code, 1)
    assert.match(message, expected)
  })
}

test('what is not the promised format is refused', async () => {
  assert.match((await write([file(IMAGE)], {}, 'os.img.gz')).message, /is named .gz, but what was sent is not/)
  const qcow2 = Buffer.concat([Buffer.from('QFI\xfb', 'latin1'), Buffer.alloc(1020)])
  assert.match((await write([file(qcow2)])).message, /is a qcow2 image/)
  assert.equal((await write([file(gz.subarray(0, gz.length - (gz.length % 512)))], { COMPRESSED: 'false' })).code, 0)
})

test('called off in the middle, it ends at once and leaves no table', async () => {
  const stop = new AbortController()
  const slow: Answer = (_, response) => {
    response.writeHead(200, { 'content-length': IMAGE.length })
    response.write(IMAGE.subarray(0, 2 * MB), () => stop.abort())
  }
  await using server = await WebServer.start(slow)
  await using disk = await FileDisk.make(SIZE)
  const env = { IMG_URL: `${server.url}/os.img`, DEST_DISK: disk.path }
  const { code, message } = await act('image2disk', env, { signal: stop.signal })
  assert.equal(code, 1)
  assert.equal(message, 'image2disk was called off')
  assert.ok(!(await disk.read()).subarray(0, MB).equals(IMAGE.subarray(0, MB)))
})
