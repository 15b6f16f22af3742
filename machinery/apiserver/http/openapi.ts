import { createHash } from 'node:crypto'
import { apiVersion } from '../../api/kind.ts'
import type { Catalog } from '../registry/served.ts'
import { swaggerBytes } from './openapi/gnostic.ts'
import { swaggerOf } from './openapi/version2.ts'
import { documentOf } from './openapi/version3.ts'

/** A document as it is sent, and its tag: the same as long as it says the same. */
export interface Document {
  readonly bytes: Buffer
  readonly tag: string
}

/**
 * OpenAPI documents: what `kubectl explain` reads, by what `kubectl apply` checks, and from what clients learn which fields
 * are merged. They are made when first asked for, and kept until the catalog changes.
 */
export class OpenApi {
  readonly #catalog: Catalog
  readonly #documents = new Map<string, Document>()

  constructor(catalog: Catalog) {
    this.#catalog = catalog
    // For as long as the catalog is there.
    catalog.listen(() => this.#documents.clear())
  }

  /** Of v3: where the document of each group and version is. */
  index(): Document {
    const paths = this.#versions().map(version => {
      const path = pathOf(version)
      return [path, { serverRelativeURL: `/openapi/v3/${path}?hash=${this.#version(version).tag}` }]
    })
    return asDocument(JSON.stringify({ paths: Object.fromEntries(paths) }))
  }

  /** The v3 document of a path such as `apis/tinkerbell.org/v1alpha1`. */
  version3(path: string): Document | undefined {
    const version = this.#versions().find(one => pathOf(one) === path)
    return version === undefined ? undefined : this.#version(version)
  }

  /** All kinds in one Swagger 2.0 document, for older clients. */
  version2(encoding: 'json' | 'protobuf'): Document {
    return this.#kept(`v2 ${encoding}`, () => {
      const document = swaggerOf(this.#catalog.all, this.#versions())
      return encoding === 'json' ? JSON.stringify(document) : swaggerBytes(document)
    })
  }

  #versions(): readonly string[] {
    return [...new Set(this.#catalog.all.map(one => apiVersion(one.kind)))]
  }

  #version(version: string): Document {
    return this.#kept(`v3 ${version}`, () => {
      const kinds = this.#catalog.all.filter(one => apiVersion(one.kind) === version)
      return JSON.stringify(documentOf(kinds, this.#versions()))
    })
  }

  #kept(name: string, make: () => string | Buffer): Document {
    const known = this.#documents.get(name)
    if (known) return known
    const made = asDocument(make())
    this.#documents.set(name, made)
    return made
  }
}

function asDocument(content: string | Buffer): Document {
  const bytes = Buffer.from(content)
  return { bytes, tag: createHash('sha512').update(bytes).digest('hex').toUpperCase() }
}

function pathOf(version: string): string {
  return version.includes('/') ? `apis/${version}` : `api/${version}`
}
