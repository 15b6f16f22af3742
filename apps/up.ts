import { randomInt } from 'node:crypto'
import { parse } from 'yaml'
import { systemClock } from '../machinery/host/clock.ts'
import type { Host } from '../machinery/host/host.ts'
import { createLog, formatLine } from '../machinery/host/log.ts'
import { ConfigFault, readConfig, type Sources } from './config.ts'
import { readGiven } from './file.ts'
import { runServer } from './server.ts'

interface UpOptions {
  readonly flags: Readonly<Record<string, unknown>>
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly signal: AbortSignal
  readonly version: string
}

/** `bellhop up`: reads the settings and serves until the signal is aborted. */
export async function up({ flags, environment, signal, version }: UpOptions): Promise<void> {
  const { config: name, ...settings } = flags
  const file = typeof name === 'string' ? await readSettings(name) : undefined
  const config = readConfig({ flags: settings, environment, ...(file && { file }) })
  if (config.interface.length === 0) {
    throw new ConfigFault('config/invalid', '--interface: name the interface to serve, for example --interface eth1')
  }
  await runServer({ config, version, environment, host: systemHost() }, signal)
}

function systemHost(): Host {
  const log = createLog(systemClock, line => process.stderr.write(`${formatLine(line)}\n`))
  return { clock: systemClock, log, random: () => randomInt(2 ** 32) / 2 ** 32 }
}

async function readSettings(name: string): Promise<NonNullable<Sources['file']>> {
  const values = parsed(await readGiven('--config', name), name) ?? {}
  if (typeof values === 'object' && !Array.isArray(values)) return { name, values: values as Record<string, unknown> }
  throw new ConfigFault('config/invalid', `--config "${name}": not a list of settings such as "http-port: 8080"`)
}

function parsed(text: string, name: string): unknown {
  try {
    return parse(text)
  } catch (error) {
    const [why = ''] = (error as Error).message.split('\n')
    throw new ConfigFault('config/invalid', `--config "${name}": not YAML: ${why.replace(/:$/, '')}`, {}, error)
  }
}
