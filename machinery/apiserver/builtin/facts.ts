/** What a field holds: a scalar by name, else the OpenAPI name of a message. */
export type FieldType = 'string' | 'bool' | 'int32' | 'int64' | 'double' | 'bytes' | (string & {})

/** What Kubernetes' Go sources say of a field: of its JSON, its protobuf and how lists in it are merged. */
export interface FieldFacts {
  /** In protobuf; absent where the field is not sent so (`kind` and `apiVersion` stand in the envelope). */
  readonly number?: number
  readonly type: FieldType
  /** The Go type of a value where it has a name of its own. */
  readonly go?: string
  /** The Go type of the whole list or map where it has one. */
  readonly whole?: string
  /** Values that are published. They are not checked by the decoder. */
  readonly enum?: readonly string[]
  readonly list?: boolean
  /** From text to the type. */
  readonly map?: boolean
  readonly pointer?: boolean
  /** A message in protobuf whose fields are the owner's in JSON. */
  readonly inline?: boolean
  readonly omitEmpty?: boolean
  readonly required?: boolean
  readonly default?: unknown
  readonly listType?: string
  readonly keys?: readonly string[]
  readonly atomic?: boolean
  readonly patch?: string
  readonly mergeKey?: string
}

export interface MessageFacts {
  /** `v1.Secret` */
  readonly go: string
  readonly atomic?: boolean
  readonly unions?: readonly object[]
  readonly fields: Readonly<Record<string, FieldFacts>>
}
