/** An Ethernet address as `52:54:00:12:34:56`: lower case, colons. */
export type Mac = string & { readonly is: 'Mac' }

const SHAPES = [
  /^([0-9a-f]{2})[:-]([0-9a-f]{2})[:-]([0-9a-f]{2})[:-]([0-9a-f]{2})[:-]([0-9a-f]{2})[:-]([0-9a-f]{2})$/,
  /^([0-9a-f]{2})([0-9a-f]{2})\.([0-9a-f]{2})([0-9a-f]{2})\.([0-9a-f]{2})([0-9a-f]{2})$/,
]

/** Reads the forms in the field (colons, dashes, Cisco dots), any case; undefined when it is none of them. */
export function parseMac(text: string): Mac | undefined {
  const lower = text.trim().toLowerCase()
  for (const shape of SHAPES) {
    const match = shape.exec(lower)
    if (match) return match.slice(1).join(':') as Mac
  }
  return undefined
}

/** The address in six bytes. */
export function macBytes(mac: Mac): Uint8Array {
  return Uint8Array.from(mac.split(':'), pair => Number.parseInt(pair, 16))
}

/** Six bytes as an address; undefined for any other length. */
export function macFrom(bytes: Uint8Array): Mac | undefined {
  if (bytes.length !== 6) return undefined
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join(':') as Mac
}
