import { nameFault, qualifiedFault } from '../../registry/metadata.ts'
import { formatCheck } from '../../schema/format.ts'
import { quote } from '../../schema/gotext.ts'
import { parseUrl } from '../../schema/url.ts'
import type { Table } from '../function.ts'
import { FORMAT } from '../type.ts'
import { List, type Opaque, Optional, type Value } from '../value.ts'

type Judge = (text: string) => readonly string[]

class NamedFormat implements Opaque {
  readonly opaque = FORMAT.name
  readonly name: string
  readonly faults: Judge

  constructor(name: string, faults: Judge) {
    this.name = name
    this.faults = faults
  }

  equals(other: Value): boolean {
    return other instanceof NamedFormat && other.name === this.name
  }
}

function told(judge: (text: string) => string | undefined): Judge {
  return text => {
    const why = judge(text)
    return why === undefined ? [] : [why]
  }
}

const LABEL_1035 =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and " +
  "end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is " +
  "'[a-z]([-a-z0-9]*[a-z0-9])?')"
const LABEL_VALUE =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and " +
  "end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is " +
  "'(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"

function label1035(text: string): readonly string[] {
  const long = text.length > 63 ? ['must be no more than 63 characters'] : []
  return /^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(text) ? long : [...long, LABEL_1035]
}

function labelValue(text: string): readonly string[] {
  const long = text.length > 63 ? ['must be no more than 63 characters'] : []
  return /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/.test(text) ? long : [...long, LABEL_VALUE]
}

/** A prefix may end in a dash: something follows. */
function asPrefix(judge: Judge): Judge {
  return text => judge(text.length > 1 && text.endsWith('-') ? `${text.slice(0, -2)}a` : text)
}

function uri(text: string): string | undefined {
  if (parseUrl(text, { request: true })) return undefined
  return `parse ${quote(text)}: ${text === '' ? 'empty url' : 'invalid URI for request'}`
}

function checked(format: string, why: string): Judge {
  return told(text => (formatCheck(format)?.(text) ? undefined : why))
}

const label = told(text => nameFault(text, 'label'))
const subdomain = told(text => nameFault(text, 'subdomain'))

const FORMATS: ReadonlyMap<string, Judge> = new Map([
  ['dns1123Label', label],
  ['dns1123Subdomain', subdomain],
  ['dns1035Label', label1035],
  ['qualifiedName', told(qualifiedFault)],
  ['dns1123LabelPrefix', asPrefix(label)],
  ['dns1123SubdomainPrefix', asPrefix(subdomain)],
  ['dns1035LabelPrefix', asPrefix(label1035)],
  ['labelValue', labelValue],
  ['uri', told(uri)],
  ['uuid', checked('uuid', 'does not match the UUID format')],
  ['byte', checked('byte', 'invalid base64')],
  ['date', checked('date', 'invalid date')],
  ['datetime', checked('datetime', 'invalid datetime')],
])

function named(name: string): Value {
  const faults = FORMATS.get(name)
  return faults ? new Optional(new NamedFormat(name, faults)) : new Optional()
}

function validate(format: NamedFormat, text: string): Value {
  const faults = format.faults(text)
  return faults.length === 0 ? new Optional() : new Optional(new List(faults))
}

/** Formats of names and values, each with what is wrong with a text (Kubernetes' `format`). */
export const FORMATS_TABLE: Table = [
  ['format.named(string) optional<format>', named],
  ...[...FORMATS].map(([name, faults]) => {
    const of: Value = new NamedFormat(name, faults)
    return [`format.${name}() format`, () => of] as const
  }),
  ['.validate(format, string) optional<list<string>>', validate],
]
