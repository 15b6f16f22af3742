import { DYN, sameType, type Type } from './type.ts'

/** What the parameters of types stand for (cel-go `checker/types.go`). */
export class Bindings {
  readonly #bound = new Map<string, Type>()
  /** What the parameters that were bound since stood for before. */
  #changed: [name: string, before: Type | undefined][] = []

  /** Whether values of these types may stand where those are wanted. What this binds stays bound only if they all may. */
  assign(given: readonly Type[], wanted: readonly Type[]): boolean {
    this.#changed = []
    if (this.#all(given, wanted)) return true
    for (const [name, before] of this.#changed.reverse()) {
      if (before) this.#bound.set(name, before)
      else this.#bound.delete(name)
    }
    return false
  }

  /** The type with what its parameters stand for; those that stand for nothing yet become `dyn`, if asked. */
  resolve(type: Type, { free = 'kept' }: { free?: 'kept' | 'dyn' } = {}): Type {
    const bound = type.kind === 'param' ? this.#bound.get(type.name) : undefined
    if (bound) return this.resolve(bound, { free })
    if (type.kind === 'param') return free === 'dyn' ? DYN : type
    return type.of.length === 0 ? type : { ...type, of: type.of.map(of => this.resolve(of, { free })) }
  }

  #all(given: readonly Type[], wanted: readonly Type[]): boolean {
    return given.length === wanted.length && given.every((type, at) => this.#one(type, wanted[at] ?? DYN))
  }

  #one(given: Type, wanted: Type): boolean {
    if (wanted.kind === 'param') {
      const bound = this.#bound.has(wanted.name)
      if (this.#substitutes(given, wanted)) return true
      if (bound) return false
    }
    if (given.kind === 'param') return this.#substitutes(wanted, given)
    if (isLoose(given) || isLoose(wanted)) return true
    if (given.kind === 'null') return isNullable(wanted)
    if (wanted.kind === 'null') return isNullable(given)
    if (given.kind === 'type' && wanted.kind === 'type') return true
    return given.kind === wanted.kind && given.name === wanted.name && this.#all(given.of, wanted.of)
  }

  #substitutes(type: Type, parameter: Type): boolean {
    if (type.kind === 'param' && type.name === parameter.name) return true
    const bound = this.#bound.get(parameter.name)
    if (bound) {
      if (sameType(type, bound)) return true
      if (!this.#one(type, bound)) return false
      const general = isLooser(type, bound) ? type : bound
      if (!this.#mentions(general, parameter)) this.#bind(parameter.name, general)
      return true
    }
    if (this.#mentions(type, parameter)) return false
    this.#bind(parameter.name, type)
    return true
  }

  #bind(name: string, type: Type): void {
    this.#changed.push([name, this.#bound.get(name)])
    this.#bound.set(name, type)
  }

  #mentions(type: Type, parameter: Type): boolean {
    if (type.kind === 'param') {
      if (type.name === parameter.name) return true
      const bound = this.#bound.get(type.name)
      return bound !== undefined && this.#mentions(bound, parameter)
    }
    return type.of.some(of => this.#mentions(of, parameter))
  }
}

function isLoose({ kind }: Type): boolean {
  return kind === 'dyn' || kind === 'error'
}

function isNullable({ kind }: Type): boolean {
  return ['null', 'object', 'opaque', 'timestamp', 'duration'].includes(kind)
}

/** Whether the first is as general as the second, or more so. */
function isLooser(a: Type, b: Type): boolean {
  if (a.kind === 'dyn' || a.kind === 'param') return true
  if (b.kind === 'dyn' || b.kind === 'param') return false
  if (a.kind !== b.kind || a.name !== b.name || a.of.length !== b.of.length) return false
  return a.of.every((of, at) => isLooser(of, b.of[at] ?? DYN))
}
