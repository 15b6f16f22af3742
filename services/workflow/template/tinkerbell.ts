import { parse, stringify } from 'yaml'
import { parseIpv4, prefixLength } from '../../../wire/ipv4.ts'
import { FunctionFault } from './fault.ts'
import { any, type Functions, fn, text, whole } from './function.ts'
import { fromJson, toJson } from './value.ts'

/** The four functions that Tinkerbell adds to Go's and Sprig's. */
export const TINKERBELL: Functions = {
  formatPartition: fn([text, whole], ([device, number]) => partition(device, number)),
  netmaskToPrefixLength: fn([text], ([netmask]) => {
    const address = parseIpv4(netmask)
    const length = address && prefixLength(address)
    if (length === undefined)
      throw new FunctionFault('template/function', `${JSON.stringify(netmask)} is not a netmask`)
    return String(length)
  }),
  toYaml: fn([any], ([value], limits) => {
    const yaml = stringify(
      toJson(value, () => limits.step()),
      { lineWidth: 0, aliasDuplicateObjects: false, indentSeq: false },
    )
    limits.room(yaml.length)
    return yaml.trimEnd()
  }),
  fromYaml: fn([text], ([yaml]) => {
    if (yaml.trim() === '') throw new FunctionFault('template/function', 'the text is empty')
    try {
      return fromJson(parse(yaml, { maxAliasCount: 100, logLevel: 'error' }))
    } catch (fault) {
      if (fault instanceof FunctionFault) throw fault
      const reason = fault instanceof Error ? fault.message.split('\n')[0] : String(fault)
      throw new FunctionFault('template/function', `the text is not YAML: ${reason}`)
    }
  }),
}

/** Names of partitions: `/dev/disk/...-part1`, `/dev/nvme0n1p1`, `/dev/sda1`. */
function partition(device: string, number: bigint): string {
  if (device.startsWith('/dev/disk/')) return `${device}-part${number}`
  return /[0-9]$/.test(device) ? `${device}p${number}` : `${device}${number}`
}
