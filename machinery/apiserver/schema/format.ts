import { isIP, isIPv4, isIPv6 } from 'node:net'

type Check = (text: string) => boolean

const RFC3339 =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[Tt ]([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/
const BASE64 = /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/** Formats that the API server checks (kube-openapi `strfmt`); any other is only a remark. */
const FORMATS: Readonly<Record<string, Check>> = {
  'date-time': text => RFC3339.test(text),
  byte: text => BASE64.test(text.replaceAll(/[\r\n]/g, '')),
  ipv4: isIPv4,
  ipv6: isIPv6,
  cidr: text => isIP(text.split('/')[0] ?? '') !== 0 && /^[^/]+\/\d{1,3}$/.test(text),
  mac: text => /^([0-9a-f]{2}[:-]){5}[0-9a-f]{2}$/i.test(text),
  uuid: text => /^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i.test(text),
}

/** Whether the text is of the format, or the format is one nobody checks. */
export function isOfFormat(format: string, text: string): boolean {
  return Object.hasOwn(FORMATS, format) ? (FORMATS[format]?.(text) ?? true) : true
}
