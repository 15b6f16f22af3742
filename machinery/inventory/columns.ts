import { parseIpv4, prefixLength } from '../../wire/ipv4.ts'
import { parseMac } from '../../wire/mac.ts'

/** Reads one value; what is wrong with it is a sentence that follows "hardware.csv:3: mac: ". */
type Check = (value: string) => { readonly value: string } | { readonly wrong: string }

interface Column {
  /** The header has to have it. */
  readonly required: boolean
  /** Each row has to have a value. */
  readonly filled: boolean
  /** No two rows may have the same value. */
  readonly unique: boolean
  readonly check: Check
}

const ok = (value: string) => ({ value })
const wrong = (sentence: string) => ({ wrong: sentence })

const LABEL_NAME = '[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?'
const DNS_NAME = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*'
const LABEL_KEY = new RegExp(`^(${DNS_NAME}/)?${LABEL_NAME}$`)
const LABEL_VALUE = new RegExp(`^(${LABEL_NAME})?$`)

const anyText: Check = ok

const hostname: Check = value => {
  if (value.length <= 253 && new RegExp(`^${DNS_NAME}$`).test(value)) return ok(value)
  return wrong(
    'not a host name: lower-case letters, digits, dashes and dots, beginning and ending with a letter or digit',
  )
}

const address: Check = value => (parseIpv4(value) ? ok(value) : wrong('not an IPv4 address such as 10.0.0.7'))

const netmask: Check = value => {
  const mask = parseIpv4(value)
  return mask && prefixLength(mask) !== undefined ? ok(value) : wrong('not a netmask such as 255.255.255.0')
}

const nameservers: Check = value => {
  const bad = value.split('|').find(server => !parseIpv4(server))
  return bad === undefined ? ok(value) : wrong(`"${bad}" is not an IPv4 address; several are separated by |`)
}

const mac: Check = value => {
  const parsed = parseMac(value)
  return parsed ? ok(parsed) : wrong('not a MAC address such as 52:54:00:12:34:56')
}

const disk: Check = value =>
  /^(\/dev\/[\w-]+(\/[\w.:-]+)*)$/.test(value) ? ok(value) : wrong('not a disk such as /dev/sda')

const labels: Check = value => {
  for (const pair of value.split('|').filter(Boolean)) {
    const [key = '', label, ...more] = pair.split('=').map(part => part.trim())
    if (label === undefined || more.length > 0) return wrong(`"${pair}" is not key=value; several are separated by |`)
    if (!LABEL_KEY.test(key)) return wrong(`"${key}" is not a label key`)
    if (!LABEL_VALUE.test(label)) return wrong(`"${label}" is not a label value`)
  }
  return ok(value)
}

const vlan: Check = value =>
  /^[1-9][0-9]{0,3}$/.test(value) && Number(value) <= 4094 ? ok(value) : wrong('not a VLAN id from 1 to 4094')

const must = { required: true, filled: true, unique: false }
const may = { required: false, filled: false, unique: false }

/** EKS Anywhere's hardware CSV, a row a machine ("Prepare hardware inventory" of its Bare Metal guide). */
export const COLUMNS = {
  hostname: { ...must, unique: true, check: hostname },
  ip_address: { ...must, unique: true, check: address },
  netmask: { ...must, check: netmask },
  gateway: { ...must, check: address },
  nameservers: { ...must, check: nameservers },
  mac: { ...must, unique: true, check: mac },
  disk: { ...must, check: disk },
  labels: { ...must, filled: false, check: labels },
  bmc_ip: { ...may, unique: true, check: address },
  bmc_username: { ...may, check: anyText },
  bmc_password: { ...may, check: anyText },
  vlan_id: { ...may, check: vlan },
} as const satisfies Record<string, Column>

export type ColumnName = keyof typeof COLUMNS
export const COLUMN_NAMES = Object.keys(COLUMNS) as readonly ColumnName[]

export function isColumn(name: string): name is ColumnName {
  return Object.hasOwn(COLUMNS, name)
}
