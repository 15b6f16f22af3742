import type { Duplex } from 'node:stream'
import { lineSplitter } from '../command.ts'
import { LabFault } from '../fault.ts'

/** QEMU's machine protocol, as much of it as power needs: https://qemu.readthedocs.io/en/v7.2.0/interop/qmp-spec.html */
export interface Qmp {
  execute(command: string, args?: Readonly<Record<string, unknown>>): Promise<void>
}

interface Waiting {
  resolve(): void
  reject(fault: Error): void
}

interface Message {
  readonly event?: string
  readonly id?: number
  readonly error?: { readonly desc?: string }
}

/** Speaks QMP over a stream; `onEvent` hears the names of what happens to the machine. */
export async function openQmp(stream: Duplex, onEvent: (name: string) => void): Promise<Qmp> {
  const waiting = new Map<number, Waiting>()
  let next = 1
  const answer = (message: Message) => {
    if (message.event !== undefined) return onEvent(message.event)
    const asked = message.id === undefined ? undefined : waiting.get(message.id)
    if (!asked || message.id === undefined) return
    waiting.delete(message.id)
    if (!message.error) return asked.resolve()
    asked.reject(new LabFault('lab/machine', `QEMU refused: ${message.error.desc ?? 'it does not say why'}`))
  }
  const hear = lineSplitter(line => {
    if (line !== '') answer(JSON.parse(line))
  })
  stream.setEncoding('utf8').on('data', hear)
  stream.on('error', () => undefined) // its close follows
  stream.once('close', () => {
    for (const asked of waiting.values()) asked.reject(new LabFault('lab/machine', 'QEMU ended before it answered'))
    waiting.clear()
  })
  const execute = (command: string, args: Readonly<Record<string, unknown>> = {}) =>
    new Promise<void>((resolve, reject) => {
      if (stream.destroyed) return reject(new LabFault('lab/machine', 'QEMU is gone'))
      const id = next++
      waiting.set(id, { resolve, reject })
      stream.write(`${JSON.stringify({ execute: command, arguments: args, id })}\n`)
    })
  await execute('qmp_capabilities')
  return { execute }
}
