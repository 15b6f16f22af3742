import { ApiFault } from '../../api/fault.ts'
import type { Host } from '../../host/host.ts'
import { newUid } from '../registry/metadata.ts'
import type { Conversion } from '../registry/served.ts'
import { applyDefaults } from '../schema/default.ts'
import { prune } from '../schema/prune.ts'
import type { Body } from '../store/change.ts'
import type { Definition, DefinitionVersion } from './definition.ts'
import { fieldsOf } from './reading.ts'
import { type Question, readAnswer, reviewOf } from './review.ts'
import { type WebhookCaller, WebhookFault } from './webhook.ts'

export interface Conversions {
  readonly host: Host
  readonly webhooks: WebhookCaller
}

const TIMEOUT = 30 // seconds, as kube-apiserver has it
const BATCH = 500 // objects in one review: it bounds how much is in memory at once

/** Between the versions of one definition, for objects that may lie in the store in any of them. */
export class DefinitionConversion implements Conversion {
  readonly #definition: Definition
  readonly #version: DefinitionVersion
  /** Revision since when objects are written as the definition says today. */
  readonly #since: number
  readonly #conversions: Conversions
  /** Stored objects are never changed in place: what was made of one holds, for every reader, as long as it lives. */
  readonly #known = new WeakMap<Body, Promise<Body>>()

  constructor({ definition, version, since, conversions }: ConversionOptions) {
    this.#definition = definition
    this.#version = version
    this.#since = since
    this.#conversions = conversions
  }

  async fromStored(objects: readonly Body[]): Promise<readonly Body[]> {
    const wanted = this.#versionText(this.#version)
    const unknown = objects.filter(object => !this.#isReady(object, wanted) && !this.#known.has(object))
    if (unknown.length > 0) this.#learn(unknown)
    return Promise.all(objects.map(object => this.#known.get(object) ?? object))
  }

  async toStored(objects: readonly Body[]): Promise<readonly Body[]> {
    const storage = this.#definition.versions.find(version => version.storage) ?? this.#version
    return this.#to(storage, objects)
  }

  #isReady(object: Body, wanted: string): boolean {
    return object.apiVersion === wanted && Number(object.metadata.resourceVersion) >= this.#since
  }

  #learn(objects: readonly Body[]): void {
    const made = this.#to(
      this.#version,
      objects.map(object => this.#asStoredToday(object)),
    )
    for (const [at, object] of objects.entries()) {
      this.#known.set(
        object,
        made.then(all => all[at] ?? object),
      )
    }
    // Who asked hears of it; who asks next may try again.
    made.catch(() => objects.map(object => this.#known.delete(object)))
  }

  /** An object as the schema of its own version reads it now. */
  #asStoredToday(object: Body): Body {
    const version = this.#definition.versions.find(one => this.#versionText(one) === object.apiVersion)
    if (!version) throw noSuchVersion('from', object.apiVersion)
    return defaulted(version, pruned(version, object))
  }

  async #to(version: DefinitionVersion, objects: readonly Body[]): Promise<readonly Body[]> {
    const wanted = this.#versionText(version)
    const others = objects.filter(object => object.apiVersion !== wanted)
    if (others.length === 0) return objects
    const { webhook } = this.#definition
    const converted = webhook ? await this.#asked(others, wanted) : others.map(one => ({ ...one, apiVersion: wanted }))
    const made = new Map(others.map((object, at) => [object, pruned(version, converted[at] ?? object)]))
    return objects.map(object => made.get(object) ?? object)
  }

  async #asked(objects: readonly Body[], wanted: string): Promise<readonly Body[]> {
    const made: Body[] = []
    for (let at = 0; at < objects.length; at += BATCH) {
      made.push(...(await this.#askedAtOnce(objects.slice(at, at + BATCH), wanted)))
    }
    return made
  }

  async #askedAtOnce(objects: readonly Body[], wanted: string): Promise<readonly Body[]> {
    const { webhook } = this.#definition
    if (!webhook) return objects
    const uid = newUid(this.#conversions.host)
    const question: Question = { reviewVersions: webhook.reviewVersions, uid, wanted, objects }
    const call = { clientConfig: webhook.clientConfig, review: reviewOf(question), timeoutSeconds: TIMEOUT }
    const answer = await this.#conversions.webhooks.call(call).catch((fault: unknown) => {
      if (fault instanceof WebhookFault) return fault
      throw fault
    })
    const read = answer instanceof WebhookFault ? { why: `failed: ${answer.message}` } : readAnswer(answer, question)
    if ('objects' in read) return read.objects
    const from = `${objects[0]?.apiVersion}, Kind=${objects[0]?.kind}`
    throw new ApiFault('Unknown', `conversion webhook for ${from} ${read.why}`)
  }

  #versionText(version: DefinitionVersion): string {
    return `${this.#definition.group}/${version.name}`
  }
}

export interface ConversionOptions {
  readonly definition: Definition
  readonly version: DefinitionVersion
  readonly since: number
  readonly conversions: Conversions
}

function noSuchVersion(way: 'from' | 'to', apiVersion: string): ApiFault {
  return new ApiFault('Unknown', `request to convert CR ${way} an invalid group/version: ${apiVersion}`)
}

function defaulted({ schema }: DefinitionVersion, object: Body): Body {
  return schema ? bodyOf(applyDefaults(schema, object), object) : object
}

function pruned({ schema }: DefinitionVersion, object: Body): Body {
  if (!schema) return object
  const { apiVersion, kind, metadata } = object
  const fields = fieldsOf(prune(schema, object, { path: '', unknown: [] }))
  return { ...fields, apiVersion, kind, metadata }
}

function bodyOf(value: unknown, otherwise: Body): Body {
  const fields = fieldsOf(value)
  return fields
    ? { ...fields, apiVersion: otherwise.apiVersion, kind: otherwise.kind, metadata: otherwise.metadata }
    : otherwise
}
