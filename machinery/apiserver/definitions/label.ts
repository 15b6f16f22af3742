import { nameFault } from '../registry/metadata.ts'

const LABEL = /^[a-z]([-a-z0-9]*[a-z0-9])?$/
const MOST = 63
const SENTENCE =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, " +
  "and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is " +
  "'[a-z]([-a-z0-9]*[a-z0-9])?')"

/** What keeps a text from being a DNS-1035 label (apimachinery `IsDNS1035Label`). */
export function labelFaults(text: string): string[] {
  return [
    ...(text.length > MOST ? [`must be no more than ${MOST} characters`] : []),
    ...(LABEL.test(text) ? [] : [SENTENCE]),
  ]
}

/** What keeps a text from being a DNS-1123 subdomain. */
export function subdomainFaults(text: string): string[] {
  const why = nameFault(text, 'subdomain')
  return why === undefined ? [] : [why]
}
