import type { StatusCause } from '../../../api/fault.ts'
import { duplicate, notSupported, required } from '../../schema/cause.ts'
import type { Body } from '../../store/change.ts'
import { items, type Members, members, text } from '../look.ts'
import { labelFaults } from './words.ts'

const PULL = ['Always', 'IfNotPresent', 'Never']
const RESTART = ['Always', 'OnFailure', 'Never']
const DNS = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None']

/** Kubernetes' main rules for a Pod: what a record of one cannot do without. */
export function podFaults({ spec }: Body): readonly StatusCause[] {
  return podSpecFaults(members(spec), 'spec')
}

export function podSpecFaults(spec: Members, path: string): readonly StatusCause[] {
  const faults: StatusCause[] = []
  const containers = items(spec.containers)
  if (containers.length === 0) faults.push(required(`${path}.containers`))
  const names = new Set<string>()
  faults.push(...containersFaults(containers, `${path}.containers`, names))
  faults.push(...containersFaults(items(spec.initContainers), `${path}.initContainers`, names))
  if (!RESTART.includes(text(spec.restartPolicy))) {
    faults.push(notSupported(`${path}.restartPolicy`, spec.restartPolicy, RESTART))
  }
  if (!DNS.includes(text(spec.dnsPolicy))) faults.push(notSupported(`${path}.dnsPolicy`, spec.dnsPolicy, DNS))
  return faults
}

function containersFaults(containers: readonly Members[], path: string, names: Set<string>): readonly StatusCause[] {
  return containers.flatMap((one, at) => {
    const field = `${path}[${at}]`
    const name = text(one.name)
    const faults = name === '' ? [required(`${field}.name`)] : [...labelFaults(`${field}.name`, name)]
    if (text(one.image) === '') faults.push(required(`${field}.image`))
    const pull = text(one.imagePullPolicy)
    if (!PULL.includes(pull)) faults.push(notSupported(`${field}.imagePullPolicy`, pull, PULL))
    if (name !== '' && names.has(name)) faults.push(duplicate(`${field}.name`, name))
    names.add(name)
    return faults
  })
}
