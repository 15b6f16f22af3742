import { FunctionFault } from '../fault.ts'
import type { Limits } from '../limits.ts'
import { printFloat } from '../print.ts'
import { isDict, isList, Struct, sortedKeys, type Value } from '../value.ts'

interface Style {
  /** Escape `<`, `>` and `&`, as Go's json.Marshal does. */
  readonly html?: boolean
  readonly indent?: string
}

const DEPTH_MOST = 200

/** A value as Go's encoding/json writes it: keys sorted, integers exact. */
export function jsonText(value: Value, limits: Limits, style: Style, margin = ''): string {
  limits.step()
  if (margin.length > DEPTH_MOST * 2) throw new FunctionFault('template/type', 'a value contains itself')
  if (value instanceof Struct) return jsonText(value.json, limits, style, margin)
  if (isList(value))
    return wrapped(
      '[]',
      value.map(item => jsonText(item, limits, style, `${margin}  `)),
      { limits, style, margin },
    )
  if (isDict(value)) {
    const entries = sortedKeys(value).map(key => {
      const item = jsonText(value.get(key) ?? null, limits, style, `${margin}  `)
      return `${text(key, style)}:${style.indent ? ' ' : ''}${item}`
    })
    return wrapped('{}', entries, { limits, style, margin })
  }
  if (typeof value === 'string') return text(value, style)
  if (typeof value !== 'number') return String(value)
  // encoding/json writes floats as JavaScript does, exponents from 1e21 on and below 1e-6.
  if (Number.isFinite(value)) return String(value)
  throw new FunctionFault('template/function', `json: unsupported value: ${printFloat(value)}`)
}

interface Place {
  readonly limits: Limits
  readonly style: Style
  readonly margin: string
}

function wrapped(marks: string, items: readonly string[], { limits, style, margin }: Place): string {
  limits.room(items.reduce((sum, item) => sum + item.length + margin.length + 2, 0))
  const [open, close] = marks
  if (items.length === 0 || !style.indent) return `${open}${items.join(',')}${close}`
  return `${open}\n${items.map(item => `${margin}  ${item}`).join(',\n')}\n${margin}${close}`
}

function text(value: string, { html }: Style): string {
  const json = JSON.stringify(value).replaceAll(/[\u2028\u2029]/g, separator =>
    separator === '\u2028' ? '\\u2028' : '\\u2029',
  )
  if (!html) return json
  return json.replaceAll(/[<>&]/g, character => `\\u00${character.charCodeAt(0).toString(16)}`)
}
