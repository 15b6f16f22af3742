import type { Mac } from '../../wire/mac.ts'

/** Processor and firmware, as option 93 numbers them (IANA "Processor Architecture Types", RFC 4578 §2.1). */
interface Architecture {
  readonly name: string
  /** iPXE program that runs there; none where iPXE has none. */
  readonly binary?: string
}

const BIOS = 'undionly.kpxe'
const EFI = 'ipxe.efi'
const ARM = 'snp-arm64.efi'

const ARCHITECTURES: Readonly<Record<number, Architecture>> = {
  0: { name: 'x86 BIOS', binary: BIOS },
  1: { name: 'NEC PC-98', binary: BIOS },
  2: { name: 'Itanium', binary: BIOS },
  3: { name: 'DEC Alpha', binary: BIOS },
  4: { name: 'Arc x86', binary: BIOS },
  5: { name: 'Intel Lean Client', binary: BIOS },
  6: { name: 'x86 UEFI', binary: EFI },
  7: { name: 'x64 UEFI', binary: EFI },
  8: { name: 'EFI Xscale', binary: EFI },
  9: { name: 'EBC', binary: EFI },
  10: { name: 'ARM 32-bit UEFI', binary: ARM },
  11: { name: 'ARM 64-bit UEFI', binary: ARM },
  12: { name: 'PowerPC Open Firmware' },
  13: { name: 'PowerPC ePAPR' },
  14: { name: 'POWER OPAL v3' },
  15: { name: 'x86 UEFI HTTP', binary: EFI },
  16: { name: 'x64 UEFI HTTP', binary: EFI },
  17: { name: 'EBC HTTP' },
  18: { name: 'ARM 32-bit UEFI HTTP', binary: ARM },
  19: { name: 'ARM 64-bit UEFI HTTP', binary: ARM },
  20: { name: 'x86 BIOS HTTP', binary: BIOS },
  41: { name: 'Raspberry Pi', binary: ARM },
}
const RASPBERRY_PI = 41

const RASPBERRY_PI_PREFIXES = ['b8:27:eb', 'dc:a6:32', 'e4:5f:01', '28:cd:c1', 'd8:3a:dd']

export function isRaspberryPi(mac: Mac): boolean {
  return RASPBERRY_PI_PREFIXES.includes(mac.slice(0, 8))
}

/**
 * The architecture among those a client names: the first that is known, else the first. A Raspberry Pi's ROM says 0, as if it
 * were a PC, and is known by its MAC; one that runs UEFI says what it is.
 */
export function architecture(named: readonly number[], mac: Mac): number | undefined {
  const arch = named.find(number => ARCHITECTURES[number]) ?? named[0]
  return isRaspberryPi(mac) && (arch ?? 0) === 0 ? RASPBERRY_PI : arch
}

export function architectureName(arch: number | undefined): string {
  return arch === undefined ? 'none' : (ARCHITECTURES[arch]?.name ?? `unknown (${arch})`)
}

/** The iPXE program for an architecture; the operator's own choice comes first, for any number. */
export function binaryFor(arch: number | undefined, overrides: ReadonlyMap<number, string> = new Map()) {
  return arch === undefined ? undefined : (overrides.get(arch) ?? ARCHITECTURES[arch]?.binary)
}
