import { readFile } from 'node:fs/promises'
import { networkInterfaces } from 'node:os'
import { isMissing } from './program.ts'
import type { Machine } from './world.ts'

/** The machine that this program runs on. */
export const realMachine: Machine = {
  read: path =>
    readFile(path, 'utf8').catch(error => {
      if (isMissing(error)) return undefined
      throw error
    }),
  interfaces: networkInterfaces,
}
