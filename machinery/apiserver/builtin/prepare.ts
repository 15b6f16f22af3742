import { isDeepStrictEqual } from 'node:util'
import { asBody } from '../registry/served.ts'
import type { Body } from '../store/change.ts'
import { items, type Members, members, text, texts } from './look.ts'
import { sorted } from './presets.ts'

// What the server itself says of an object when it is made or changed (kubernetes `pkg/registry`, PrepareForCreate and
// PrepareForUpdate). What a controller would do is done by nobody.

const HOUSE = 'kubernetes'

export function prepareNamespace(object: Body, before?: Body): Body {
  const finalizers = texts(members(object.spec).finalizers)
  const kept = finalizers.includes(HOUSE) ? finalizers : [...finalizers, HOUSE]
  return {
    ...object,
    spec: before?.spec ?? { finalizers: kept },
    status: before?.status ?? { phase: 'Active' },
  }
}

/** `stringData` is only a way of writing `data`. */
export function withStringData(object: Body): Body {
  const { stringData, type, ...rest } = object
  if (stringData === undefined) return object
  const data: Record<string, unknown> = { ...members(rest.data) }
  for (const [key, plain] of Object.entries(members(stringData))) {
    data[key] = Buffer.from(text(plain)).toString('base64')
  }
  const whole = Object.keys(data).length > 0 ? { ...rest, data: sorted(data) } : rest
  return asBody({ ...whole, ...(type !== undefined && { type }) })
}

export function preparePod(object: Body, before?: Body): Body {
  if (before) return object
  return { ...object, spec: admitted(members(object.spec)), status: { phase: 'Pending', qosClass: qualityOf(object) } }
}

const PATIENCE = 300 // seconds

/** What upstream's admission plugins Priority and DefaultTolerationSeconds add, which are on unless told. */
function admitted(spec: Members): Members {
  const given = items(spec.tolerations)
  const tolerated = (key: string) =>
    given.some(one => (one.key === key || !one.key) && (one.effect === 'NoExecute' || !one.effect))
  const added = ['not-ready', 'unreachable']
    .map(condition => `node.kubernetes.io/${condition}`)
    .filter(key => !tolerated(key))
    .map(key => ({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: PATIENCE }))
  const tolerations = [...given, ...added]
  return {
    ...spec,
    ...(tolerations.length > 0 && { tolerations }),
    priority: spec.priority ?? 0,
    preemptionPolicy: spec.preemptionPolicy ?? 'PreemptLowerPriority',
  }
}

const COUNTED = ['cpu', 'memory']

/** How much a Pod insists on what it asks for (kubernetes `pkg/apis/core/helper/qos`). */
function qualityOf({ spec }: Body): string {
  const { containers, initContainers } = members(spec)
  const all = [...items(containers), ...items(initContainers)].map(({ resources }) => members(resources))
  const asked = all.flatMap(({ requests, limits }) => [members(requests), members(limits)])
  if (!asked.some(one => COUNTED.some(name => one[name] !== undefined && one[name] !== '0'))) return 'BestEffort'
  const guaranteed = all.every(({ requests, limits }) =>
    COUNTED.every(name => {
      const most = members(limits)[name]
      return most !== undefined && (members(requests)[name] ?? most) === most
    }),
  )
  return guaranteed ? 'Guaranteed' : 'Burstable'
}

/** `clusterIP` is the first of `clusterIPs`. No address is given to a Service that has none: there is no service network. */
export function prepareService(object: Body): Body {
  const spec = members(object.spec)
  const first = text(spec.clusterIP)
  const all = texts(spec.clusterIPs)
  if (first !== '' && all.length === 0) return { ...object, spec: { ...spec, clusterIPs: [first] } }
  if (first === '' && all.length > 0) return { ...object, spec: { ...spec, clusterIP: all[0] } }
  return object
}

const TEMPLATE_GENERATION = 'deprecated.daemonset.template.generation'

/** The annotation is there whenever the object is read: whoever writes it has written that, too. */
export function withTemplateGeneration(object: Body): Body {
  const { metadata } = object
  if (metadata.annotations?.[TEMPLATE_GENERATION] !== undefined) return object
  const annotations = { ...metadata.annotations, [TEMPLATE_GENERATION]: '0' }
  return asBody({ ...object, metadata: { ...metadata, annotations: sorted(annotations) } })
}

/** An annotation counts the changes of the template. */
export function prepareDaemonSet(object: Body, before?: Body): Body {
  const { metadata } = object
  const last = Number(before?.metadata.annotations?.[TEMPLATE_GENERATION] ?? 0)
  const same = before && isDeepStrictEqual(members(before.spec).template, members(object.spec).template)
  const annotations = { ...metadata.annotations, [TEMPLATE_GENERATION]: String(same ? last : last + 1) }
  return asBody({ ...object, metadata: { ...metadata, annotations: sorted(annotations) } })
}

/** A Job selects the Pods that carry its uid, unless its selector is its own matter. */
export function prepareJob(object: Body, before?: Body): Body {
  const spec = members(object.spec)
  if (before || spec.manualSelector === true) return object
  const { name, uid = '' } = object.metadata
  const template = members(spec.template)
  const meta = members(template.metadata)
  const labels = {
    'batch.kubernetes.io/controller-uid': uid,
    'batch.kubernetes.io/job-name': name,
    'controller-uid': uid,
    'job-name': name,
    ...members(meta.labels),
  }
  const selector = members(spec.selector)
  const matchLabels = { 'batch.kubernetes.io/controller-uid': uid, ...members(selector.matchLabels) }
  const whole = { ...template, metadata: { ...meta, labels: sorted(labels) } }
  const made = { ...object, spec: { ...spec, selector: { ...selector, matchLabels }, template: whole } }
  // Upstream, a Job that took its labels from its template shares them with it, those that are added too.
  const shared = meta.labels !== undefined && isDeepStrictEqual(object.metadata.labels, meta.labels)
  return shared ? asBody({ ...made, metadata: { ...object.metadata, labels: sorted(labels) } }) : made
}

/** What belongs to coordinated elections, which are not served, is not kept. */
export function prepareLease(object: Body): Body {
  const { strategy: _, preferredHolder: __, ...spec } = members(object.spec)
  return { ...object, spec }
}
