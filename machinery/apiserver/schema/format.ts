import { isCidr, isIpv4, isIpv6, isMac, isRequestUri } from './address.ts'
import { isEmail } from './email.ts'
import { isBase64, isCreditCard, isHexColor, isIsbn10, isIsbn13, isObjectId, isRgbColor, isSsn } from './number.ts'
import { isDate, isDateTime, isDuration } from './time.ts'

type Check = (text: string) => boolean

const HOSTNAME =
  /^([a-zA-Z0-9\p{S}\p{L}]((-?[a-zA-Z0-9\p{S}\p{L}]{0,62})?)|([a-zA-Z0-9\p{S}\p{L}](([a-zA-Z0-9\-\p{S}\p{L}]{0,61}[a-zA-Z0-9\p{S}\p{L}])?)(\.))+([a-zA-Z\p{L}]){2,63})$/u

function isHostname(text: string): boolean {
  const bytes = (part: string) => Buffer.byteLength(part)
  return bytes(text) <= 255 && text.split('.').every(part => bytes(part) <= 63) && HOSTNAME.test(text)
}

/** The formats that a CustomResourceDefinition's schema may ask for (kube-openapi `strfmt`); any other is a remark. */
const FORMATS: Readonly<Record<string, Check>> = {
  bsonobjectid: isObjectId,
  byte: isBase64,
  cidr: isCidr,
  creditcard: isCreditCard,
  date: isDate,
  datetime: isDateTime,
  duration: isDuration,
  email: isEmail,
  hexcolor: isHexColor,
  hostname: isHostname,
  ipv4: isIpv4,
  ipv6: isIpv6,
  isbn: text => isIsbn10(text) || isIsbn13(text),
  isbn10: isIsbn10,
  isbn13: isIsbn13,
  mac: isMac,
  password: () => true,
  rgbcolor: isRgbColor,
  ssn: isSsn,
  uri: isRequestUri,
  uuid: text => /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i.test(text),
  uuid3: text => /^[0-9a-f]{8}-?[0-9a-f]{4}-?3[0-9a-f]{3}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i.test(text),
  uuid4: text => /^[0-9a-f]{8}-?[0-9a-f]{4}-?4[0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}$/i.test(text),
  uuid5: text => /^[0-9a-f]{8}-?[0-9a-f]{4}-?5[0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}$/i.test(text),
}

/** What checks the format; nothing where nobody does. Dashes in its name do not count. */
export function formatCheck(format: string | undefined): Check | undefined {
  if (!format) return undefined
  const name = format.replaceAll('-', '')
  return Object.hasOwn(FORMATS, name) ? FORMATS[name] : undefined
}
