import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { hostFault } from '../../host/fault.ts'

/** Writes a file whole or not at all; nobody else may read it unless told. */
export function writeWhole(path: string, text: string, mode = 0o600): void {
  const half = `${path}.${process.pid}.new`
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    const file = openSync(half, 'w', mode)
    try {
      writeSync(file, text)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    chmodSync(half, mode)
    renameSync(half, path)
  } catch (error) {
    throw hostFault(error, `writing ${path}`)
  }
}

export function readWhole(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}
