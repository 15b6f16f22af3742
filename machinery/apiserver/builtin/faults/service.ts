import type { StatusCause } from '../../../api/fault.ts'
import { duplicate, forbidden, invalid, notSupported, required } from '../../schema/cause.ts'
import type { Body } from '../../store/change.ts'
import { items, type Members, members, number, text, texts } from '../look.ts'
import { protocolFaults } from './endpoints.ts'
import { labelFaults, portFaults, subdomainFaults } from './words.ts'

const TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort']
const AFFINITIES = ['ClientIP', 'None']
const NAME = /^(?=.*[a-z])[a-z0-9]([-a-z0-9]*[a-z0-9])?$/

/** kubernetes `ValidateService`, but for what is about addresses that nobody gives out here. */
export function serviceFaults({ spec: given }: Body): readonly StatusCause[] {
  const spec = members(given)
  const type = text(spec.type)
  const ports = items(spec.ports)
  const headless = spec.clusterIP === 'None'
  const faults: StatusCause[] = []
  if (ports.length === 0 && !headless && type !== 'ExternalName') faults.push(required('spec.ports'))
  faults.push(...typeFaults(spec, headless), ...portsFaults(ports))
  const affinity = text(spec.sessionAffinity)
  if (!AFFINITIES.includes(affinity)) faults.push(notSupported('spec.sessionAffinity', affinity, AFFINITIES))
  if (!TYPES.includes(type)) faults.push(notSupported('spec.type', type, TYPES))
  if (type !== 'ClusterIP') return faults
  return [...faults, ...ports.flatMap(nodePortFaults), ...samePorts(ports)]
}

function typeFaults(spec: Members, headless: boolean): readonly StatusCause[] {
  const { type } = spec
  if (type === 'ExternalName') {
    const name = text(spec.externalName).replace(/\.$/, '')
    const addressed = texts(spec.clusterIPs).length > 0
    return [
      ...(addressed ? [forbidden('spec.clusterIPs', 'may not be set for ExternalName services')] : []),
      ...(name === '' ? [required('spec.externalName')] : subdomainFaults('spec.externalName', name)),
    ]
  }
  if (!headless || (type !== 'LoadBalancer' && type !== 'NodePort')) return []
  return [invalid('spec.clusterIPs[0]', 'None', `may not be set to 'None' for ${type} services`)]
}

function portsFaults(ports: readonly Members[]): readonly StatusCause[] {
  const seen = new Set<string>()
  return ports.flatMap((port, at) => {
    const path = `spec.ports[${at}]`
    const name = text(port.name)
    const faults: StatusCause[] = []
    if (name === '' && ports.length > 1) faults.push(required(`${path}.name`))
    if (name !== '') faults.push(...labelFaults(`${path}.name`, name))
    if (name !== '' && seen.has(name)) faults.push(duplicate(`${path}.name`, name))
    seen.add(name)
    return [
      ...faults,
      ...portFaults(`${path}.port`, number(port.port) ?? 0),
      ...protocolFaults(`${path}.protocol`, text(port.protocol)),
      ...targetFaults(`${path}.targetPort`, port.targetPort),
    ]
  })
}

function targetFaults(field: string, target: unknown): readonly StatusCause[] {
  if (typeof target === 'number') return portFaults(field, target)
  const name = text(target)
  if (name.length > 15) return [invalid(field, name, 'must be no more than 15 characters')]
  if (NAME.test(name) && !name.includes('--')) return []
  const why = 'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)'
  return [invalid(field, name, why)]
}

function nodePortFaults({ nodePort }: Members, at: number): readonly StatusCause[] {
  if (!number(nodePort)) return []
  return [forbidden(`spec.ports[${at}].nodePort`, "may not be used when `type` is 'ClusterIP'")]
}

function samePorts(ports: readonly Members[]): readonly StatusCause[] {
  const seen = new Set<string>()
  return ports.flatMap(({ port, protocol }, at) => {
    const key = `${protocol} ${port}`
    const known = seen.has(key)
    seen.add(key)
    return known ? [samePort(`spec.ports[${at}]`, `Protocol:"${protocol}"`, port)] : []
  })
}

/** Go shows the whole struct. */
function samePort(field: string, protocol: string, port: unknown): StatusCause {
  const target = 'TargetPort:intstr.IntOrString{Type:0, IntVal:0, StrVal:""}'
  const shown = `Name:"", ${protocol}, AppProtocol:(*string)(nil), Port:${port}, ${target}, NodePort:0`
  return { reason: 'FieldValueDuplicate', message: `Duplicate value: core.ServicePort{${shown}}`, field }
}
