import { at, items, members, text } from '../../builtin/look.ts'
import type { Body } from '../../store/change.ts'
import { age } from '../age.ts'
import type { Column } from '../printer.ts'

// What columns are made of. Numbers are called text, as kube-apiserver calls most of them.

export const string = (name: string, cell: Column['cell']): Column => ({ name, type: 'string', cell })
export const integer = (name: string, cell: Column['cell']): Column => ({ name, type: 'integer', cell })
/** Only with `-o wide`. */
export const wide = (name: string, cell: Column['cell']): Column => ({ name, type: 'string', priority: 1, cell })

export const NAME: Column = {
  name: 'Name',
  type: 'string',
  format: 'name',
  cell: ({ metadata }) => metadata.name,
}
export const AGE: Column = {
  name: 'Age',
  type: 'string',
  cell: ({ metadata }, now) => age(metadata.creationTimestamp, now),
}
/** Kinds that kube-apiserver has no printer for. */
export const CREATED: Column = {
  name: 'Created At',
  type: 'date',
  cell: ({ metadata }) => metadata.creationTimestamp,
}

/** The value at a path of members, as text. */
export function said(path: string, otherwise = ''): (object: Body) => string {
  const names = path.split('.')
  return object => {
    const value = at(object, ...names)
    return value === undefined || value === null || value === '' ? otherwise : String(value)
  }
}

export function counted(path: string): (object: Body) => number {
  const names = path.split('.')
  return object => {
    const value = at(object, ...names)
    return Array.isArray(value) ? value.length : Object.keys(members(value)).length
  }
}

export function numbered(path: string): (object: Body) => number {
  const names = path.split('.')
  return object => Number(at(object, ...names) ?? 0)
}

/** The first of several, and how many more there are. */
export function few(all: readonly string[], none: string): string {
  const most = 3
  if (all.length === 0) return none
  const shown = all.slice(0, most).join(',')
  return all.length > most ? `${shown} + ${all.length - most} more...` : shown
}

/** Labels in one line. */
export function labelsText(map: unknown): string {
  const entries = Object.entries(members(map)).sort(([a], [b]) => (a < b ? -1 : 1))
  return entries.map(([key, value]) => `${key}=${value}`).join(',') || '<none>'
}

/** Names and images of the containers of a template. */
export function containerColumns(...path: readonly string[]): readonly Column[] {
  const containers = (object: Body) => items(at(object, ...path, 'containers'))
  const listed = (name: string) => (object: Body) =>
    containers(object)
      .map(one => text(one[name]))
      .join(',')
  return [wide('Containers', listed('name')), wide('Images', listed('image'))]
}
