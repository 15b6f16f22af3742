import { FunctionFault, placeOf, TemplateFault } from './fault.ts'
import { callFunction, type Functions } from './function.ts'
import { DEFAULT_LIMITS, type LimitOptions, Limits } from './limits.ts'
import type { List as Body, Branch, Command, Node, Operand, Pipe, Span, Template } from './node.ts'
import { print } from './print.ts'
import { isDict, isList, Struct, sortedKeys, truth, typeName, type Value } from './value.ts'

/** Blocks, parentheses and templates that call each other may be nested this deep, all together. */
const DEPTH_MOST = 800

/** Renders a template that has been read (Go: text/template/exec.go, with `missingkey=error`). */
export function execute(
  template: Template,
  data: Value,
  functions: Functions,
  limits: LimitOptions = DEFAULT_LIMITS,
): Rendered {
  const execution = new Execution(template, functions, new Limits(limits))
  return execution.render(data)
}

/** What was rendered, and where each part of it comes from. */
export interface Rendered {
  readonly text: string
  /** Where the author wrote what stands at this offset of the text, and whether it stands there word for word. */
  origin(offset: number): { readonly at: number; readonly literal: boolean }
}

/** From `from` on the output is the author's own text at `at`, or what the action at `at` gave. */
interface Segment {
  readonly from: number
  readonly at: number
  readonly literal: boolean
}

type Flow = 'on' | 'break' | 'continue'
type Variable = { readonly name: string; value: Value }
interface Scope {
  readonly dot: Value
  readonly variables: Variable[]
}

class Execution {
  readonly #template: Template
  readonly #functions: Functions
  readonly #limits: Limits
  #output = ''
  readonly #segments: Segment[] = []
  #depth = 0

  constructor(template: Template, functions: Functions, limits: Limits) {
    this.#template = template
    this.#functions = functions
    this.#limits = limits
  }

  render(data: Value): Rendered {
    this.#list(this.#template.body, { dot: data, variables: [{ name: '$', value: data }] })
    const segments = this.#segments
    return {
      text: this.#output,
      origin: offset => {
        const segment = segments.findLast(({ from }) => from <= offset) ?? { from: 0, at: 0, literal: true }
        return { at: segment.literal ? segment.at + offset - segment.from : segment.at, literal: segment.literal }
      },
    }
  }

  #list(nodes: Body, scope: Scope): Flow {
    for (const node of nodes) {
      const flow = this.#guarded(node, () => this.#node(node, scope))
      if (flow !== 'on') return flow
    }
    return 'on'
  }

  #node(node: Node, scope: Scope): Flow {
    this.#limits.step()
    switch (node.is) {
      case 'text':
        this.#write(node.text, { at: node.at, literal: true })
        return 'on'
      case 'action': {
        const value = this.#pipe(node.pipe, scope)
        if (node.pipe.variables.length === 0) {
          const text = value === null ? '<no value>' : print(value, this.#limits)
          this.#write(text, { at: node.at, literal: false })
        }
        return 'on'
      }
      case 'if':
      case 'with':
        return this.#branch(node, scope, node.is)
      case 'range':
        return this.#range(node, scope)
      case 'template':
        this.#call(node.name, node.pipe ? this.#pipe(node.pipe, scope) : null)
        return 'on'
      default:
        return node.is
    }
  }

  #branch(node: Branch, scope: Scope, is: 'if' | 'with'): Flow {
    const mark = scope.variables.length
    const value = this.#pipe(node.pipe, scope)
    const inner = is === 'with' ? { ...scope, dot: value } : scope
    const flow = truth(value) ? this.#list(node.body, inner) : this.#list(node.otherwise, scope)
    scope.variables.length = mark
    return flow
  }

  #range(node: Branch, scope: Scope): Flow {
    const mark = scope.variables.length
    const value = this.#pipe(node.pipe, scope)
    const within = scope.variables.length
    let some = false
    let flow: Flow = 'on'
    for (const [key, item] of this.#elements(value)) {
      some = true
      this.#limits.step()
      this.#bindElement(node.pipe, scope, [key, item])
      flow = this.#list(node.body, { ...scope, dot: item })
      scope.variables.length = within
      if (flow === 'break') break
    }
    if (!some) flow = this.#list(node.otherwise, scope)
    else flow = 'on'
    scope.variables.length = mark
    return flow
  }

  /** One variable is the element, two are its place and the element. */
  #bindElement({ variables, assigns }: Pipe, scope: Scope, [key, item]: readonly [Value, Value]): void {
    const [first, second] = variables
    const values = second === undefined ? [item] : [key, item]
    for (const [at, name] of [first, second].entries()) {
      if (name === undefined) continue
      const value = values[at] ?? null
      if (assigns) assign(scope, name, value)
      else scope.variables.push({ name, value })
    }
  }

  *#elements(value: Value): Iterable<readonly [Value, Value]> {
    if (value === null) return
    if (isList(value)) {
      for (const [at, item] of value.entries()) yield [BigInt(at), item]
    } else if (isDict(value)) {
      for (const key of sortedKeys(value)) yield [key, value.get(key) ?? null]
    } else if (typeof value === 'bigint') {
      for (let at = 0n; at < value; at++) yield [at, at]
    } else {
      throw new FunctionFault('template/type', `range can't iterate over ${print(value, this.#limits)}`)
    }
  }

  #call(name: string, dot: Value): void {
    const body = this.#template.defined.get(name)
    if (!body) throw new FunctionFault('template/unknown-template', `template ${JSON.stringify(name)} not defined`)
    this.#list(body, { dot, variables: [{ name: '$', value: dot }] })
  }

  #pipe(pipe: Pipe, scope: Scope): Value {
    let value: Value | undefined
    for (const command of pipe.commands) value = this.#guarded(command, () => this.#command(command, scope, value))
    const result = value ?? null
    for (const name of pipe.variables) {
      if (pipe.assigns) assign(scope, name, result)
      else scope.variables.push({ name, value: result })
    }
    return result
  }

  /** `piped` is what came through `|`, and becomes the last argument. */
  #command(command: Command, scope: Scope, piped: Value | undefined): Value {
    this.#limits.step()
    const [first, ...rest] = command.args
    if (first.is === 'function') return this.#function(first, rest, { scope, piped })
    if (first.is === 'nil') throw new FunctionFault('template/type', 'nil is not a command')
    const value = this.#operand(first, scope)
    if (rest.length === 0 && piped === undefined) return value
    const name = this.#source(first)
    throw new FunctionFault('template/arguments', `${name} has arguments but cannot be invoked as function`, { name })
  }

  #function(
    { name }: { readonly name: string },
    args: readonly Operand[],
    { scope, piped }: { readonly scope: Scope; readonly piped: Value | undefined },
  ): Value {
    const definition = this.#functions[name]
    if (!definition)
      throw new FunctionFault('template/unknown-function', `there is no function ${name}`, { function: name })
    if (name === 'and' || name === 'or') return this.#logic(name, args, { scope, piped })
    const values = args.map(arg => this.#operand(arg, scope))
    if (piped !== undefined) values.push(piped)
    return callFunction(name, definition, values, this.#limits)
  }

  /** The first argument that decides; those after it are not looked at. */
  #logic(
    name: 'and' | 'or',
    args: readonly Operand[],
    { scope, piped }: { readonly scope: Scope; readonly piped: Value | undefined },
  ): Value {
    let value: Value | undefined
    for (const arg of args) {
      value = this.#operand(arg, scope)
      if (truth(value) === (name === 'or')) return value
    }
    value = piped ?? value
    if (value !== undefined) return value
    throw new FunctionFault('template/arguments', `wrong number of args for ${name}: want at least 1 got 0`, {
      function: name,
    })
  }

  #operand(operand: Operand, scope: Scope): Value {
    return this.#guarded(operand, () => this.#operandValue(operand, scope))
  }

  #operandValue(operand: Operand, scope: Scope): Value {
    this.#limits.step()
    switch (operand.is) {
      case 'dot':
        return scope.dot
      case 'nil':
        return null
      case 'constant':
        return operand.value
      case 'field':
        return this.#fields(scope.dot, operand.names)
      case 'variable':
        return this.#fields(lookup(scope, operand.name), operand.names)
      case 'function':
        return this.#function(operand, [], { scope, piped: undefined })
      case 'pipe':
        return this.#pipe(operand.pipe, scope)
      case 'chain':
        return this.#fields(this.#operand(operand.of, scope), operand.names)
    }
  }

  #fields(of: Value, names: readonly string[]): Value {
    return names.reduce<Value>((value, name) => field(value, name), of)
  }

  #write(text: string, source: Omit<Segment, 'from'>): void {
    this.#limits.room(this.#output.length + text.length)
    if (text !== '') this.#segments.push({ from: this.#output.length, ...source })
    this.#output += text
  }

  #source({ at, end }: Span): string {
    return this.#template.text.slice(at, end)
  }

  /** Gives what a function or a field refuses its place in the text: the innermost node that had to do with it. */
  #guarded<T>(node: Span, work: () => T): T {
    try {
      if (++this.#depth > DEPTH_MOST) throw new FunctionFault('template/steps', `nested deeper than ${DEPTH_MOST}`)
      return work()
    } catch (fault) {
      if (!(fault instanceof FunctionFault)) throw fault
      const source = this.#source(node)
      const shown = source.length > 60 ? `${source.slice(0, 60)}...` : source
      throw new TemplateFault(fault.code, `at <${shown}>: ${fault.message}`, {
        place: placeOf(this.#template.text, node.at),
        facts: fault.facts,
      })
    } finally {
      this.#depth--
    }
  }
}

function field(of: Value, name: string): Value {
  if (of === null) {
    throw new FunctionFault('template/unknown-field', `nil pointer evaluating interface {}.${name}`, { field: name })
  }
  const found = isDict(of) ? of.get(name) : of instanceof Struct ? of.fields.get(name) : undefined
  if (found !== undefined) return found
  if (isDict(of)) {
    throw new FunctionFault('template/unknown-field', `map has no entry for key ${JSON.stringify(name)}`, {
      field: name,
    })
  }
  throw new FunctionFault('template/unknown-field', `can't evaluate field ${name} in type ${typeName(of)}`, {
    field: name,
    ...(of instanceof Struct && { struct: of.type }),
  })
}

function lookup(scope: Scope, name: string): Value {
  return scope.variables.findLast(variable => variable.name === name)?.value ?? null
}

/** Changes the innermost variable of this name. */
function assign(scope: Scope, name: string, value: Value): void {
  const variable = scope.variables.findLast(each => each.name === name)
  if (variable) variable.value = value
}
