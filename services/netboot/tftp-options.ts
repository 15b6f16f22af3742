import type { TftpOptions } from '../../wire/tftp/packet.ts'

/** How one file is sent. */
export interface Terms {
  readonly blockSize: number
  /** Blocks sent before an acknowledgement is awaited (RFC 7440). */
  readonly window: number
  /** Milliseconds before the same is sent again. */
  readonly timeout: number
  /** What is granted; nothing when nothing was asked for that we know. */
  readonly granted: TftpOptions
}

const PLAIN = { blockSize: 512, window: 1, timeout: 1000 }

/** 1500 bytes of Ethernet less the headers of IP, UDP and TFTP: boot ROMs cannot put fragments together. */
const MOST = { blockSize: 1468, window: 16 }

/** Grants what was asked for within our bounds; unknown options and values out of range are left unanswered (RFC 2347). */
export function negotiate(asked: TftpOptions, size: number): Terms {
  const granted = new Map<string, string>()
  const take = (name: string, from: number, to: number) => {
    const value = asked.get(name)
    return value !== undefined && /^[0-9]{1,10}$/.test(value) && Number(value) >= from && Number(value) <= to
      ? Number(value)
      : undefined
  }
  const grant = (name: string, value: number | undefined) => {
    if (value !== undefined) granted.set(name, String(value))
    return value
  }
  const least = (value: number | undefined, most: number) => (value === undefined ? undefined : Math.min(value, most))
  const blockSize = grant('blksize', least(take('blksize', 8, 65464), MOST.blockSize)) // RFC 2348
  const window = grant('windowsize', least(take('windowsize', 1, 65535), MOST.window)) // RFC 7440
  const seconds = grant('timeout', take('timeout', 1, 255)) // RFC 2349: granted as asked, or not at all
  if (asked.has('tsize')) granted.set('tsize', String(size)) // RFC 2349
  return {
    blockSize: blockSize ?? PLAIN.blockSize,
    window: window ?? PLAIN.window,
    timeout: seconds === undefined ? PLAIN.timeout : seconds * 1000,
    granted,
  }
}
