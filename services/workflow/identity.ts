import { parseMac } from '../../wire/mac.ts'

/** The name under which a worker is filed: a MAC has many spellings, any other name has one. */
export function workerKey(worker: string): string {
  return parseMac(worker) ?? worker
}

export function sameWorker(one: string, other: string): boolean {
  return workerKey(one) === workerKey(other)
}
