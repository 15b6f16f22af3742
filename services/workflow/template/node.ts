/** Where a node stands in the text: from `at` up to `end`. */
export interface Span {
  readonly at: number
  readonly end: number
}

export type Operand = Span &
  (
    | { readonly is: 'dot' }
    | { readonly is: 'nil' }
    | { readonly is: 'constant'; readonly value: boolean | string | bigint | number }
    | { readonly is: 'field'; readonly names: readonly string[] }
    | { readonly is: 'variable'; readonly name: string; readonly names: readonly string[] }
    | { readonly is: 'function'; readonly name: string }
    | { readonly is: 'pipe'; readonly pipe: Pipe }
    /** A parenthesised pipeline, or a function without arguments, and fields of what it gives. */
    | { readonly is: 'chain'; readonly of: Operand; readonly names: readonly string[] }
  )

/** An operand and its arguments. */
export type Command = Span & { readonly args: readonly [Operand, ...Operand[]] }

export type Pipe = Span & {
  readonly variables: readonly string[]
  /** `=` changes variables that are there, `:=` makes new ones. */
  readonly assigns: boolean
  readonly commands: readonly Command[]
}

export type Branch = Span & { readonly pipe: Pipe; readonly body: List; readonly otherwise: List }

export type Node =
  | (Span & { readonly is: 'text'; readonly text: string })
  | (Span & { readonly is: 'action'; readonly pipe: Pipe })
  | ({ readonly is: 'if' | 'with' | 'range' } & Branch)
  | (Span & { readonly is: 'template'; readonly name: string; readonly pipe?: Pipe })
  | (Span & { readonly is: 'break' | 'continue' })

export type List = readonly Node[]

/** A template that has been read: its own body, and those it defines by name. */
export interface Template {
  readonly text: string
  readonly body: List
  readonly defined: ReadonlyMap<string, List>
}
