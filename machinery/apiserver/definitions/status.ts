import { isDeepStrictEqual } from 'node:util'
import type { Body } from '../store/change.ts'
import { approvalOf } from './approval.ts'
import { bundleFaults } from './client-config-faults.ts'
import { type Condition, conditionOf, isTrue, withCondition } from './condition.ts'
import { type Fields, fieldsOf, listOf, textOf } from './reading.ts'
import { type Names, namesOf } from './spec.ts'

/** Names that other definitions of the group hold. */
export interface Taken {
  /** Plurals, singulars and short names. */
  readonly resources: ReadonlySet<string>
  /** Kinds and list kinds. */
  readonly kinds: ReadonlySet<string>
}

/** What all these definitions, other than the one named, hold by now. */
export function namesTaken(definitions: Iterable<Body>, except: Body): Taken {
  const resources = new Set<string>()
  const kinds = new Set<string>()
  for (const other of definitions) {
    if (other.metadata.name === except.metadata.name || groupOf(other) !== groupOf(except)) continue
    const held = namesOf(fieldsOf(other.status)?.acceptedNames)
    for (const name of [held.plural, held.singular, ...held.shortNames]) resources.add(name)
    for (const kind of [held.kind, held.listKind]) kinds.add(kind)
  }
  return { resources, kinds }
}

export function groupOf(definition: Body): string {
  return textOf(fieldsOf(definition.spec)?.group)
}

/** A definition's status as it should be, given the names that others hold; the same object when it is so already. */
export function settledStatus(definition: Body, taken: Taken, now: string): Fields {
  const status = fieldsOf(definition.status) ?? {}
  const { names, conflict } = acceptable(definition, taken)
  const named = conflict ?? ACCEPTED
  const conditions = [named, ...approved(definition), ...established(definition, conflict)].reduce(
    (all, condition) => withCondition(all, condition, now),
    listOf(status.conditions),
  )
  const next = { ...status, conditions, acceptedNames: names }
  return isDeepStrictEqual(next, status) ? status : next
}

const ACCEPTED: Condition = {
  type: 'NamesAccepted',
  status: 'True',
  reason: 'NoConflicts',
  message: 'no conflicts found',
}

type Naming = { readonly names: Fields; readonly conflict?: Condition }

/** Each name that is wanted, unless somebody else has it: then the one that was accepted before, if any. */
function acceptable(definition: Body, { resources, kinds }: Taken): Naming {
  const wanted = fieldsOf(fieldsOf(definition.spec)?.names) ?? {}
  const held = fieldsOf(fieldsOf(definition.status)?.acceptedNames) ?? {}
  const [want, have] = [namesOf(wanted), namesOf(held)]
  let conflict: Condition | undefined
  const refused = (reason: string, inUse: readonly string[]) => {
    const said = inUse.map(name => `${JSON.stringify(name)} is already in use`)
    const message = said.length > 1 ? `[${said.join(', ')}]` : (said[0] ?? '')
    conflict = { type: 'NamesAccepted', status: 'False', reason, message }
    return true
  }
  const clashes = (name: Single, used: ReadonlySet<string>) =>
    want[name] !== have[name] && used.has(want[name]) && refused(REASONS[name], [want[name]])
  const lost = new Set<string>(SINGLE_RESOURCES.filter(name => clashes(name, resources)))
  const shortNames = want.shortNames.filter(name => !have.shortNames.includes(name) && resources.has(name))
  if (shortNames.length > 0 && refused('ShortNamesConflict', shortNames)) lost.add('shortNames')
  for (const name of SINGLE_KINDS) if (clashes(name, kinds)) lost.add(name)
  const kept = Object.entries(held).filter(([name]) => lost.has(name))
  const granted = Object.entries(wanted).filter(([name]) => !lost.has(name))
  return { names: { ...NO_NAMES, ...Object.fromEntries([...granted, ...kept]) }, ...(conflict && { conflict }) }
}

/** As Go writes names that there are not. */
const NO_NAMES = { plural: '', kind: '' }

type Single = Exclude<keyof Names, 'shortNames' | 'categories'>
const SINGLE_RESOURCES = ['plural', 'singular'] as const
const SINGLE_KINDS = ['kind', 'listKind'] as const
const REASONS: Readonly<Record<Single, string>> = {
  plural: 'PluralConflict',
  singular: 'SingularConflict',
  kind: 'KindConflict',
  listKind: 'ListKindConflict',
}

/** Once established, a definition stays so. */
function established(definition: Body, conflict: Condition | undefined): Condition[] {
  if (isTrue(definition, 'Established')) return []
  const known = conditionOf(definition, 'Established') !== undefined
  if (conflict) return known ? [] : [{ ...PENDING, reason: 'NotAccepted', message: 'not all names are accepted' }]
  const conversion = fieldsOf(fieldsOf(definition.spec)?.conversion)
  const bundle = textOf(fieldsOf(fieldsOf(conversion?.webhook)?.clientConfig)?.caBundle)
  if (bundle !== '' && bundleFaults(bundle, '').length > 0) {
    return [{ ...PENDING, reason: 'InvalidCABundle', message: 'The conversion webhook CABundle is invalid' }]
  }
  const message = 'the initial names have been accepted'
  return [{ type: 'Established', status: 'True', reason: 'InitialNamesAccepted', message }]
}

const PENDING = { type: 'Established', status: 'False' } as const

function approved(definition: Body): Condition[] {
  const approval = approvalOf(groupOf(definition), definition.metadata.annotations)
  if (!approval) return []
  const { state, message } = approval
  const status = state === 'Approved' ? 'True' : 'False'
  return [{ type: 'KubernetesAPIApprovalPolicyConformant', status, reason: `${state}Annotation`, message }]
}
