import { isIPv4, isIPv6 } from 'node:net'
import type { StatusCause } from '../../../api/fault.ts'
import { duplicate, invalid, notSupported, required, tooMany } from '../../schema/cause.ts'
import type { Body } from '../../store/change.ts'
import { isSaid, items, type Members, number, text, texts } from '../look.ts'
import { labelFaults, portFaults, qualifiedFaults, sameAsBefore, subdomainFaults } from './words.ts'

const PROTOCOLS = ['SCTP', 'TCP', 'UDP']
const TYPES = ['FQDN', 'IPv4', 'IPv6']
const MOST = { addresses: 100, ports: 20_000, endpoints: 1000 } as const

/** kubernetes `ValidateEndpointSlice`. */
export function endpointSliceFaults(slice: Body, old?: Body): readonly StatusCause[] {
  const type = text(slice.addressType)
  const faults: StatusCause[] = []
  if (type === '') faults.push(required('addressType'))
  else if (!TYPES.includes(type)) faults.push(notSupported('addressType', type, TYPES))
  faults.push(...endpointFaults(items(slice.endpoints), type), ...slicePortFaults(items(slice.ports)))
  return old ? [...faults, ...sameAsBefore('addressType', slice.addressType, old.addressType)] : faults
}

function endpointFaults(endpoints: readonly Members[], type: string): readonly StatusCause[] {
  if (endpoints.length > MOST.endpoints) return [tooMany('endpoints', endpoints.length, MOST.endpoints)]
  return endpoints.flatMap(({ addresses, hostname }, at) => {
    const path = `endpoints[${at}]`
    const all = texts(addresses)
    const faults = [...countFaults(`${path}.addresses`, all.length)]
    all.forEach((address, index) => {
      faults.push(...addressFaults(`${path}.addresses[${index}]`, address, type))
    })
    return !isSaid(hostname) ? faults : [...faults, ...labelFaults(`${path}.hostname`, text(hostname))]
  })
}

function countFaults(field: string, count: number): readonly StatusCause[] {
  if (count === 0) return [required(field, 'must contain at least 1 address')]
  return count > MOST.addresses ? [tooMany(field, count, MOST.addresses)] : []
}

function addressFaults(field: string, address: string, type: string): readonly StatusCause[] {
  if (type === 'IPv4') {
    return isIPv4(address) ? specialFaults(field, address) : noAddress(field, address, 'IPv4')
  }
  if (type === 'IPv6') {
    return isIPv6(address) ? specialFaults(field, address) : noAddress(field, address, 'IPv6')
  }
  if (type !== 'FQDN') return []
  const faults = subdomainFaults(field, address.replace(/\.$/, ''))
  if (faults.length > 0 || address.includes('.')) return faults
  return [invalid(field, address, 'should be a domain with at least two segments separated by dots')]
}

function noAddress(field: string, address: string, type: string): readonly StatusCause[] {
  const wrong = invalid(field, address, `must be a valid ${type} address`)
  if (isIPv4(address) || isIPv6(address)) return [wrong, ...specialFaults(field, address)]
  return [wrong, invalid(field, address, 'must be a valid IP address')]
}

/** kubernetes `ValidateNonSpecialIP`. */
function specialFaults(field: string, address: string): readonly StatusCause[] {
  const why = SPECIAL.find(([form]) => form.test(address))?.[1]
  return why === undefined ? [] : [invalid(field, address, why.replace('IP', address))]
}

const SPECIAL: readonly (readonly [RegExp, string])[] = [
  [/^(0\.0\.0\.0|::)$/, 'may not be unspecified (IP)'],
  [/^(127\.|::1$)/, 'may not be in the loopback range (127.0.0.0/8, ::1/128)'],
  [/^(169\.254\.|fe[89ab][0-9a-f]:)/i, 'may not be in the link-local range (169.254.0.0/16, fe80::/10)'],
  [/^(224\.0\.0\.|ff[0-9a-f]2:)/i, 'may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)'],
]

function slicePortFaults(ports: readonly Members[]): readonly StatusCause[] {
  if (ports.length > MOST.ports) return [tooMany('ports', ports.length, MOST.ports)]
  const seen = new Set<string>()
  return ports.flatMap((port, at) => {
    const path = `ports[${at}]`
    const name = text(port.name)
    const faults = name === '' ? [] : [...labelFaults(`${path}.name`, name)]
    if (seen.has(name)) faults.push(duplicate(`${path}.name`, name))
    seen.add(name)
    faults.push(...protocolFaults(`${path}.protocol`, text(port.protocol)))
    if (!isSaid(port.appProtocol)) return faults
    return [...faults, ...qualifiedFaults(`${path}.appProtocol`, text(port.appProtocol))]
  })
}

export function protocolFaults(field: string, protocol: string): readonly StatusCause[] {
  if (protocol === '') return [required(field)]
  return PROTOCOLS.includes(protocol) ? [] : [notSupported(field, protocol, PROTOCOLS)]
}

/** kubernetes `ValidateEndpoints`. */
export function endpointsFaults({ subsets }: Body): readonly StatusCause[] {
  return items(subsets).flatMap((subset, at) => {
    const path = `subsets[${at}]`
    const ready = items(subset.addresses)
    const rest = items(subset.notReadyAddresses)
    if (ready.length + rest.length === 0) return [required(path, 'must specify `addresses` or `notReadyAddresses`')]
    return [
      ...ready.flatMap((one, index) => ipFaults(`${path}.addresses[${index}].ip`, text(one.ip))),
      ...rest.flatMap((one, index) => ipFaults(`${path}.notReadyAddresses[${index}].ip`, text(one.ip))),
      ...subsetPortFaults(items(subset.ports), path),
    ]
  })
}

function ipFaults(field: string, ip: string): readonly StatusCause[] {
  const why = 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)'
  if (isIPv4(ip) || isIPv6(ip)) return specialFaults(field, ip)
  return [invalid(field, ip, why), invalid(field, ip, 'must be a valid IP address')]
}

function subsetPortFaults(ports: readonly Members[], path: string): readonly StatusCause[] {
  return ports.flatMap(({ name, port, protocol }, at) => {
    const field = `${path}.ports[${at}]`
    const called = text(name)
    return [
      ...(called === '' && ports.length > 1 ? [required(`${field}.name`)] : []),
      ...(called === '' ? [] : labelFaults(`${field}.name`, called)),
      ...portFaults(`${field}.port`, number(port) ?? 0),
      ...protocolFaults(`${field}.protocol`, text(protocol)),
    ]
  })
}
