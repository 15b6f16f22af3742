import { Fault } from '../wire/fault.ts'
import { SETTINGS, type Setting, type SettingName } from './settings.ts'

type ValueOf<N extends SettingName> = (typeof SETTINGS)[N]['default']
type CamelCase<S extends string> = S extends `${infer A}-${infer B}` ? `${A}${Capitalize<CamelCase<B>>}` : S

/** One checked, frozen Config, read once. */
export type Config = { readonly [N in SettingName as CamelCase<N>]: ValueOf<N> }

export class ConfigFault extends Fault<'config/invalid'> {}

/** Where values come from, the nearest first: flags, then `BELLHOP_…` of the environment, then a file. */
export interface Sources {
  readonly flags: Readonly<Record<string, unknown>>
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly file?: { readonly name: string; readonly values: Readonly<Record<string, unknown>> }
}

type Given = { readonly from: string; readonly values: readonly string[] }

/** Throws ConfigFault naming every value that cannot be, and where it was given. */
export function readConfig(sources: Sources): Config {
  const problems = unknownKeys(sources)
  const config: Record<string, unknown> = {}
  for (const name of Object.keys(SETTINGS) as SettingName[]) {
    const given = find(name, sources)
    config[camelCase(name)] = given
      ? readSetting(SETTINGS[name] as Setting<unknown>, given, problems)
      : SETTINGS[name].default
  }
  if (problems.length > 0) throw new ConfigFault('config/invalid', problems.join('\n'))
  return Object.freeze(config) as Config
}

function readSetting(setting: Setting<unknown>, given: Given, problems: string[]): unknown {
  const values = given.values.map(value => {
    const result = setting.read(value) as { is: unknown } | string
    if (typeof result !== 'string') return result.is
    problems.push(`${given.from} "${value}": ${result}`)
    return undefined
  })
  return setting.many ? Object.freeze(values) : values.at(-1)
}

function find(name: SettingName, { flags, environment, file }: Sources): Given | undefined {
  const variable = `BELLHOP_${name.toUpperCase().replaceAll('-', '_')}`
  const places: readonly [string, unknown][] = [
    [`--${name}`, flags[camelCase(name)]],
    [variable, environment[variable]],
    [`${file?.name}: ${name}`, file?.values[name]],
  ]
  const many = 'many' in SETTINGS[name]
  for (const [from, value] of places) {
    if (value === undefined || value === '') continue
    const values = (Array.isArray(value) ? value : [value]).map(String)
    return { from, values: many ? [...new Set(values.flatMap(part => part.split(',')))] : values }
  }
  return undefined
}

function unknownKeys({ file }: Sources): string[] {
  const unknown = Object.keys(file?.values ?? {}).filter(key => !Object.hasOwn(SETTINGS, key))
  return unknown.map(key => `${file?.name}: ${key}: no such setting; there are ${Object.keys(SETTINGS).join(', ')}`)
}

export function camelCase(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
}
