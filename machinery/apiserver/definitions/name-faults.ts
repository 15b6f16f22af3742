import type { StatusCause } from '../../api/fault.ts'
import { invalid, required } from '../schema/cause.ts'
import { labelFaults } from './label.ts'
import type { Names } from './spec.ts'

/** Names that a definition must have; `status.acceptedNames` may lack them. */
export function missingNames(names: Names, path: string): StatusCause[] {
  const needed = ['plural', 'singular', 'kind', 'listKind'] as const
  return needed.filter(name => names[name] === '').map(name => required(`${path}.${name}`))
}

/** What is wrong with the names that are there (apiextensions `ValidateCustomResourceDefinitionNames`). */
export function nameFaults(names: Names, path: string): StatusCause[] {
  const { kind, listKind } = names
  const same = kind !== '' && kind === listKind
  return [
    ...label(names.plural, `${path}.plural`),
    ...label(names.singular, `${path}.singular`),
    ...mixedCase(kind, `${path}.kind`),
    ...mixedCase(listKind, `${path}.listKind`),
    ...each(names.shortNames, `${path}.shortNames`),
    ...(same ? [invalid(`${path}.listKind`, listKind, 'kind and listKind may not be the same')] : []),
    ...each(names.categories, `${path}.categories`),
  ]
}

function label(text: string, path: string): StatusCause[] {
  const why = text === '' ? [] : labelFaults(text)
  return why.length > 0 ? [invalid(path, text, why.join(','))] : []
}

function mixedCase(text: string, path: string): StatusCause[] {
  const why = text === '' ? [] : labelFaults(text.toLowerCase())
  if (why.length === 0) return []
  return [invalid(path, text, `may have mixed case, but should otherwise match: ${why.join(',')}`)]
}

function each(texts: readonly string[], path: string): StatusCause[] {
  return texts.flatMap((text, at) => {
    const why = labelFaults(text)
    return why.length > 0 ? [invalid(`${path}[${at}]`, text, why.join(','))] : []
  })
}
