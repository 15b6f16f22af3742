import { CelFault } from './fault.ts'
import type { Functions, Overload } from './function.ts'
import { type Call, type Comprehension, type Entry, type Expr, type Item, qualified, type Select } from './syntax.ts'
import {
  BOOL,
  BYTES,
  DOUBLE,
  DURATION,
  DYN,
  ERROR,
  INT,
  listOf,
  mapOf,
  NULL,
  optionalOf,
  param,
  STRING,
  sameType,
  TIMESTAMP,
  type Type,
  textOf,
  typeOf,
  UINT,
} from './type.ts'
import { Bindings } from './unify.ts'
import { type Literal, Uint } from './value.ts'

export interface Fault {
  readonly why: string
  readonly at: number
}

/** A checked expression: the type of every node, and which meanings its calls may have. */
export interface Checked {
  readonly expr: Expr
  readonly types: ReadonlyMap<number, Type>
  /** A call whose target turned out to be the beginning of the function's name has none. */
  readonly calls: ReadonlyMap<
    number,
    { readonly name: string; readonly method: boolean; readonly overloads: readonly Overload[] }
  >
  /** Variables that it mentions. */
  readonly names: ReadonlySet<string>
}

/** Macros of optionals mention their target twice, and so may double an expression at every step. */
const MOST_NODES = 50_000

type Scope = ReadonlyMap<string, Type>

/** Types are values too. */
const TYPE_NAMES: Readonly<Record<string, Type>> = {
  bool: BOOL,
  int: INT,
  uint: UINT,
  double: DOUBLE,
  string: STRING,
  bytes: BYTES,
  list: listOf(DYN),
  map: mapOf(DYN, DYN),
  null_type: NULL,
  type: typeOf(DYN),
  optional_type: optionalOf(DYN),
  'google.protobuf.Timestamp': TIMESTAMP,
  'google.protobuf.Duration': DURATION,
  'net.IP': { kind: 'opaque', name: 'net.IP', of: [] },
  'net.CIDR': { kind: 'opaque', name: 'net.CIDR', of: [] },
}

export function isTypeName(name: string): boolean {
  return Object.hasOwn(TYPE_NAMES, name)
}

/** Finds the types of an expression and what is wrong with them (cel-go `checker`). */
export function checkTypes(
  expr: Expr,
  variables: Scope,
  functions: Functions,
): Checked & { readonly faults: readonly Fault[] } {
  const checker = new Checker(functions)
  checker.check(expr, variables)
  return { expr, ...checker.result() }
}

class Checker {
  readonly #functions: Functions
  readonly #bindings = new Bindings()
  readonly #types = new Map<number, Type>()
  readonly #calls = new Map<number, { name: string; method: boolean; overloads: readonly Overload[] }>()
  readonly #names = new Set<string>()
  readonly #faults: Fault[] = []
  #free = 0
  #seen = 0

  constructor(functions: Functions) {
    this.#functions = functions
  }

  result(): Omit<Checked, 'expr'> & { readonly faults: readonly Fault[] } {
    const types = new Map([...this.#types].map(([id, type]) => [id, this.#bindings.resolve(type, { free: 'dyn' })]))
    return { types, calls: this.#calls, names: this.#names, faults: this.#faults }
  }

  check(expr: Expr, scope: Scope): Type {
    this.#seen += 1
    if (this.#seen > MOST_NODES) throw new CelFault('cel/syntax', 'expression is too large')
    const type = this.#typeOf(expr, scope)
    this.#types.set(expr.id, type)
    return type
  }

  #typeOf(expr: Expr, scope: Scope): Type {
    switch (expr.is) {
      case 'literal':
        return literalType(expr.value)
      case 'name':
        return this.#name(expr.name, expr.at, scope)
      case 'select':
        return this.#select(expr, scope)
      case 'call':
        return this.#call(expr, scope)
      case 'list':
        return this.#list(expr.items, scope)
      case 'map':
        return this.#map(expr.entries, scope)
      case 'struct':
        return this.#fault(`undeclared reference to '${expr.name}' (in container '')`, expr.at)
      case 'loop':
        return this.#loop(expr, scope)
    }
  }

  #fault(why: string, at: number): Type {
    this.#faults.push({ why, at })
    return ERROR
  }

  #mismatch(wanted: Type, found: Type, at: number): Type {
    return this.#fault(`expected type '${textOf(wanted)}' but found '${textOf(found)}'`, at)
  }

  #fresh(): Type {
    this.#free += 1
    return param(`_var${this.#free}`)
  }

  #name(name: string, at: number, scope: Scope): Type {
    const type = scope.get(name)
    if (type) {
      this.#names.add(name)
      return type
    }
    const named = Object.hasOwn(TYPE_NAMES, name) ? TYPE_NAMES[name] : undefined
    return named ? typeOf(named) : this.#fault(`undeclared reference to '${name}' (in container '')`, at)
  }

  #select(expr: Select & Expr, scope: Scope): Type {
    const path = qualified(expr)
    if (path !== undefined && Object.hasOwn(TYPE_NAMES, path)) return typeOf(TYPE_NAMES[path] ?? DYN)
    const type = this.#field(this.check(expr.of, scope), expr)
    return expr.test ? BOOL : type
  }

  #field(given: Type, { field, at }: { readonly field: string; readonly at: number }): Type {
    const of = this.#bindings.resolve(given)
    const [target, optional] = unwrapped(of)
    const type = this.#memberType(target, field, at)
    return optional ? optionalOf(type) : type
  }

  #memberType(target: Type, field: string, at: number): Type {
    switch (target.kind) {
      case 'map':
        return target.of[1] ?? DYN
      case 'object':
        return target.fields?.get(field) ?? this.#fault(`undefined field '${field}'`, at)
      case 'param':
        this.#bindings.assign([DYN], [target])
        return DYN
      case 'dyn':
      case 'error':
        return DYN
    }
    this.#fault(`type '${textOf(target)}' does not support field selection`, at)
    return DYN
  }

  #call(expr: Call & Expr, scope: Scope): Type {
    const { name, target, args, at } = expr
    if (name === '_?._') return this.#optionalField(expr, scope)
    const given = args.map(arg => this.check(arg, scope))
    if (!target) return this.#resolve(expr, { name, given, method: false })
    const prefix = qualified(target)
    const whole = `${prefix}.${name}`
    if (prefix !== undefined && !scope.has(prefix) && this.#functions.has(whole)) {
      return this.#resolve(expr, { name: whole, given, method: false })
    }
    const types = [this.check(target, scope), ...given]
    if (this.#functions.has(name)) return this.#resolve(expr, { name, given: types, method: true })
    return this.#fault(`undeclared reference to '${name}' (in container '')`, at)
  }

  #optionalField({ args: [of, field], at }: Call & Expr, scope: Scope): Type {
    if (!of || field?.is !== 'literal') return ERROR
    this.#types.set(field.id, STRING)
    const type = this.#field(this.check(of, scope), { field: String(field.value), at })
    return isOptional(type) ? type : optionalOf(type)
  }

  #resolve(expr: Call & Expr, call: { name: string; given: readonly Type[]; method: boolean }): Type {
    const { id, at } = expr
    const { name, given, method } = call
    if (name === '_&&_' || name === '_||_') return this.#logic(given, expr.args)
    if (name === '_?_:_') return this.#choice(given, at)
    if (name === '@not_strictly_false') return BOOL
    const all = this.#functions.get(name)
    if (!all) return this.#fault(`undeclared reference to '${name}' (in container '')`, at)
    const overloads: Overload[] = []
    let result: Type | undefined
    for (const overload of all) {
      if (overload.method !== method) continue
      const found = this.#fits(overload, given)
      if (!found) continue
      overloads.push(overload)
      result = result === undefined || sameType(result, found) ? found : DYN
    }
    this.#calls.set(id, { name, method, overloads })
    return result ?? this.#noMatch(call, at)
  }

  #fits({ args, result }: Overload, given: readonly Type[]): Type | undefined {
    if (args.length !== given.length) return undefined
    const fresh = new Map<string, Type>()
    const own = (type: Type): Type => {
      if (type.kind !== 'param') return type.of.length === 0 ? type : { ...type, of: type.of.map(own) }
      const known = fresh.get(type.name) ?? this.#fresh()
      fresh.set(type.name, known)
      return known
    }
    return this.#bindings.assign(given, args.map(own)) ? this.#bindings.resolve(own(result)) : undefined
  }

  #noMatch({ name, given, method }: { name: string; given: readonly Type[]; method: boolean }, at: number): Type {
    const texts = given.map(type => textOf(this.#bindings.resolve(type, { free: 'dyn' })))
    const shown = method ? `${texts[0]}.(${texts.slice(1).join(', ')})` : `(${texts.join(', ')})`
    return this.#fault(`found no matching overload for '${name}' applied to '${shown}'`, at)
  }

  #logic(given: readonly Type[], args: readonly Expr[]): Type {
    const before = this.#faults.length
    for (const [index, type] of given.entries()) {
      if (this.#bindings.assign([type], [BOOL])) continue
      this.#mismatch(BOOL, this.#bindings.resolve(type, { free: 'dyn' }), args[index]?.at ?? 0)
    }
    return this.#faults.length > before ? ERROR : BOOL
  }

  #choice(given: readonly Type[], at: number): Type {
    const either = this.#fresh()
    if (this.#bindings.assign(given, [BOOL, either, either])) return this.#bindings.resolve(either)
    return this.#noMatch({ name: '_?_:_', given, method: false }, at)
  }

  #list(items: readonly Item[], scope: Scope): Type {
    const types = items.map(item => this.#inner(item, scope))
    const joined = types.reduce<Type | undefined>((all, type) => this.#join(all, type), undefined)
    return listOf(joined ?? this.#fresh())
  }

  #map(entries: readonly Entry[], scope: Scope): Type {
    let key: Type | undefined
    let value: Type | undefined
    for (const entry of entries) {
      key = this.#join(key, this.check(entry.key, scope))
      value = this.#join(value, this.#inner(entry, scope))
    }
    return mapOf(key ?? this.#fresh(), value ?? this.#fresh())
  }

  #inner({ value, optional }: Item, scope: Scope): Type {
    const type = this.check(value, scope)
    if (!optional) return type
    const [inner, was] = unwrapped(type)
    if (!was && inner.kind !== 'dyn') this.#mismatch(optionalOf(inner), inner, value.at)
    return inner
  }

  #join(all: Type | undefined, type: Type): Type {
    if (all === undefined) return type
    if (!this.#bindings.assign([all], [type])) return DYN
    return type.kind === 'dyn' || all.kind === 'param' ? type : all
  }

  #loop(expr: Comprehension & Expr, scope: Scope): Type {
    const range = this.check(expr.range, scope)
    const sum = this.check(expr.start, scope)
    const outer = new Map([...scope, [expr.accumulator, sum]])
    const [first, second] = this.#variables(this.#bindings.resolve(range), expr)
    const inner = new Map([...outer, [expr.name, first]])
    if (expr.second !== undefined) inner.set(expr.second, second)
    this.check(expr.goesOn, inner)
    const step = this.check(expr.step, inner)
    if (!this.#bindings.assign([sum], [step])) {
      this.#mismatch(
        this.#bindings.resolve(sum, { free: 'dyn' }),
        this.#bindings.resolve(step, { free: 'dyn' }),
        expr.step.at,
      )
    }
    return this.#bindings.resolve(this.check(expr.result, outer))
  }

  #variables(range: Type, { second, range: { at } }: Comprehension): [Type, Type] {
    const [first = DYN, value = DYN] = range.of
    if (range.kind === 'list') return second === undefined ? [first, DYN] : [INT, first]
    if (range.kind === 'map') return [first, value]
    if (['dyn', 'error', 'param'].includes(range.kind)) {
      this.#bindings.assign([DYN], [range])
      return [DYN, DYN]
    }
    const why = `expression of type '${textOf(range)}' cannot be range of a comprehension (must be list, map, or dynamic)`
    this.#fault(why, at)
    return [ERROR, ERROR]
  }
}

function literalType(value: Literal): Type {
  if (value === null) return NULL
  if (value instanceof Uint) return UINT
  if (value instanceof Uint8Array) return BYTES
  if (typeof value === 'bigint') return INT
  return typeof value === 'number' ? DOUBLE : typeof value === 'boolean' ? BOOL : STRING
}

function isOptional({ kind, name }: Type): boolean {
  return kind === 'opaque' && name === 'optional_type'
}

function unwrapped(type: Type): [Type, boolean] {
  return isOptional(type) ? [type.of[0] ?? DYN, true] : [type, false]
}
