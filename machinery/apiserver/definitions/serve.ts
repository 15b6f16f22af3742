import type { Kind } from '../../api/kind.ts'
import { valueAt } from '../registry/field.ts'
import type { Scaling, Served, Traits } from '../registry/served.ts'
import type { Body } from '../store/change.ts'
import { type Conversions, DefinitionConversion } from './conversion.ts'
import type { Definition, DefinitionVersion, ScalePaths } from './definition.ts'
import { finalizerWarnings } from './finalizer-warnings.ts'
import { scaleFaults } from './scale-faults.ts'

export interface Serving {
  /** Revision since when objects are written as the definition says today. */
  readonly since: number
  /** Whether some were written before. */
  readonly older: boolean
  readonly conversions: Conversions
}

/** The versions of a definition as the catalog has them; none as long as it is not established. */
export function servedBy(definition: Definition, serving: Serving): readonly Served[] {
  if (!definition.established) return []
  const several = definition.versions.length > 1 || definition.storedVersions.length > 1
  const converted = several || serving.older
  const { since, conversions } = serving
  return definition.versions
    .filter(version => version.served || version.storage)
    .map(version => ({
      kind: kindOf(definition, version),
      collection: definition.name,
      traits: traitsOf(definition, version),
      storage: version.storage,
      ...(!version.served && { hidden: true }),
      ...(converted && { conversion: new DefinitionConversion({ definition, version, since, conversions }) }),
    }))
}

function kindOf({ group, names, namespaced }: Definition, version: DefinitionVersion): Kind {
  return {
    group,
    version: version.name,
    ...names,
    namespaced,
    statusSubresource: version.status,
    columns: version.columns,
    ...(version.schema && { schema: version.schema }),
  }
}

function traitsOf({ terminating }: Definition, version: DefinitionVersion): Traits {
  const { schema, selectable, scale, deprecation } = version
  return {
    generation: true,
    unconditionalUpdate: false,
    warnings: finalizerWarnings,
    ...(schema && { schema }),
    ...(selectable.length > 0 && { selectable: readersOf(selectable) }),
    ...(scale && { scale: scalingOf(scale), faults: (object: Body) => scaleFaults(object, scale) }),
    ...(deprecation !== undefined && { deprecation }),
    ...(terminating && { terminating }),
  }
}

/** Field selectors call a field by its path without the first dot. */
function readersOf(paths: readonly string[]): Readonly<Record<string, (object: Body) => string>> {
  return Object.fromEntries(
    paths.map(path => [
      path.slice(1),
      (object: Body) => {
        const value = valueAt(object, path)
        return value === undefined || value === null ? '' : String(value)
      },
    ]),
  )
}

function scalingOf({ specReplicasPath, statusReplicasPath, labelSelectorPath }: ScalePaths): Scaling {
  const selector = (object: Body) => {
    const value = labelSelectorPath === undefined ? undefined : valueAt(object, labelSelectorPath)
    return typeof value === 'string' ? value : ''
  }
  return { specReplicasPath, statusReplicasPath, selector }
}
