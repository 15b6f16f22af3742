import type { StatusCause } from '../../api/fault.ts'
import { ApiFault } from '../../api/fault.ts'
import { quote } from '../schema/gotext.ts'
import { type Element, shownElement } from './element.ts'
import { byText, type Manager } from './managers.ts'
import { type FieldSet, has, ordered, paths, setOf } from './set.ts'

/** Fields that somebody else has and that were to be changed. */
export interface Conflict {
  readonly manager: Manager
  readonly fields: FieldSet
}

/** A refusal because of conflicts; it keeps them for whoever may yet allow some. */
export class ConflictFault extends ApiFault {
  readonly conflicts: readonly Conflict[]

  constructor(conflicts: readonly Conflict[]) {
    const each = conflicts.toSorted(byManager).map(conflict => ({ ...conflict, paths: pathsOf(conflict) }))
    super('Conflict', sentenceOf(each), { causes: each.flatMap(causesOf) })
    this.conflicts = conflicts
  }
}

export function conflictFault(conflicts: readonly Conflict[]): ConflictFault {
  return new ConflictFault(conflicts)
}

interface Listed extends Conflict {
  readonly paths: readonly string[]
}

function pathsOf({ fields }: Conflict): readonly string[] {
  return [...paths(ordered(fields))].map(shownPath)
}

export function shownPath(path: readonly Element[]): string {
  return path.map(shownElement).join('')
}

function byManager({ manager: a }: Conflict, { manager: b }: Conflict): number {
  return byText(a.manager, b.manager) || byText(a.operation, b.operation) || byText(a.apiVersion, b.apiVersion)
}

function causesOf({ manager, paths }: Listed): StatusCause[] {
  const message = `conflict with ${shownManager(manager)}`
  return paths.map(field => ({ reason: 'FieldManagerConflict', message, field }))
}

function sentenceOf(each: readonly Listed[]): string {
  const all = each.flatMap(({ manager, paths }) => paths.map(path => ({ manager, path })))
  const [only] = all
  if (all.length === 1 && only) {
    return `Apply failed with 1 conflict: conflict with ${shownManager(only.manager)}: ${only.path}`
  }
  const said = each.map(({ manager, paths }) =>
    [`conflicts with ${shownManager(manager)}:`, ...paths.map(path => `- ${path}`)].join('\n'),
  )
  return `Apply failed with ${all.length} conflicts: ${said.join('\n')}`
}

/** Who it is, in the words of apimachinery's `printManager`. */
function shownManager({ manager, operation, apiVersion, subresource }: Manager): string {
  const name = subresource ? `${quote(manager)} with subresource ${quote(subresource)}` : quote(manager)
  return operation === 'Update' ? `${name} using ${apiVersion}` : name
}

/** The conflicts without those about these fields. */
export function withoutFields(conflicts: readonly Conflict[], allowed: FieldSet): readonly Conflict[] {
  return conflicts.flatMap(({ manager, fields }) => {
    const left = [...paths(fields)].filter(path => !has(allowed, path))
    return left.length > 0 ? [{ manager, fields: setOf(...left) }] : []
  })
}
