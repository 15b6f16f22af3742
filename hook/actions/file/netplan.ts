import type { Network } from './network.ts'

/**
 * The running network as a static netplan. The interface is matched by its address: the installed kernel may name it
 * otherwise than the installer's.
 */
export function netplan(network: Network): string {
  const { mac, address, prefix, gateway, nameservers, search } = network
  const lines = [
    'network:',
    '  version: 2',
    '  renderer: networkd',
    '  ethernets:',
    '    boot:',
    '      match:',
    `        macaddress: "${mac}"`,
    '      dhcp4: false',
    '      addresses:',
    `        - ${address}/${prefix}`,
  ]
  if (gateway) lines.push('      routes:', '        - to: default', `          via: ${gateway}`)
  // A /32 address has no network in which its gateway could be.
  if (gateway && prefix === 32) lines.push('          on-link: true')
  if (nameservers.length > 0 || search.length > 0) lines.push('      nameservers:')
  if (nameservers.length > 0) lines.push(`        addresses: [${nameservers.map(quoted).join(', ')}]`)
  if (search.length > 0) lines.push(`        search: [${search.map(quoted).join(', ')}]`)
  return `${lines.join('\n')}\n`
}

const quoted = (text: string) => JSON.stringify(text)
