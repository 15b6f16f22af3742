import type { StatusCause } from '../../api/fault.ts'
import type { ObjectMeta, OwnerReference } from '../../api/object.ts'
import { invalid } from '../schema/cause.ts'
import { quote } from '../schema/gotext.ts'

const FIELD = 'metadata.ownerReferences'

/** What is wrong with the owners of an object, in Kubernetes' words (apimachinery `ValidateOwnerReferences`). */
export function ownerFaults({ ownerReferences: owners = [] }: ObjectMeta): StatusCause[] {
  const faults = owners.flatMap(referenceFaults)
  const [first, second] = owners.filter(owner => owner.controller)
  if (!first || !second) return faults
  const pair = `${first.kind}/${first.name} and ${second.kind}/${second.name}`
  const why = `Only one reference can have Controller set to true. Found "true" in references for ${pair}`
  return [...faults, shown(`[]v1.OwnerReference{${owners.map(goText).join(', ')}}`, why)]
}

function referenceFaults(owner: OwnerReference): StatusCause[] {
  const { apiVersion = '', kind = '', name = '', uid = '' } = owner
  const parts = apiVersion.split('/')
  const [group = '', version = ''] = parts.length > 1 ? parts : ['', apiVersion]
  return [
    ...(version === '' || parts.length > 2
      ? [invalid(`${FIELD}.apiVersion`, apiVersion, 'version must not be empty')]
      : []),
    ...(kind === '' ? [invalid(`${FIELD}.kind`, kind, 'kind must not be empty')] : []),
    ...(name === '' ? [invalid(`${FIELD}.name`, name, 'name must not be empty')] : []),
    ...(uid === '' ? [invalid(`${FIELD}.uid`, uid, 'uid must not be empty')] : []),
    // Events come and go by the thousand: what they owned would go with them.
    ...(kind === 'Event' && apiVersion === 'v1'
      ? [shown(goText(owner), `${group}/${version}, Kind=${kind} is disallowed from being an owner`)]
      : []),
  ]
}

function shown(value: string, why: string): StatusCause {
  return { reason: 'FieldValueInvalid', message: `Invalid value: ${value}: ${why}`, field: FIELD }
}

/** As Go prints the struct; where it prints the address of a boolean, we say that there is one. */
function goText({ apiVersion, kind, name, uid, controller, blockOwnerDeletion }: OwnerReference): string {
  const flag = (value: boolean | undefined) => `(*bool)(${value === undefined ? 'nil' : value})`
  const texts = `APIVersion:${quote(apiVersion)}, Kind:${quote(kind)}, Name:${quote(name)}, UID:${quote(uid)}`
  const flags = `Controller:${flag(controller)}, BlockOwnerDeletion:${flag(blockOwnerDeletion)}`
  return `v1.OwnerReference{${texts}, ${flags}}`
}
