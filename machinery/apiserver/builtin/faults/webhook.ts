import type { StatusCause } from '../../../api/fault.ts'
import { duplicate, invalid, notSupported, required } from '../../schema/cause.ts'
import type { Body } from '../../store/change.ts'
import { isSaid, items, type Members, members, number, text, texts } from '../look.ts'
import { invalidTexts, portFaults, requiredText, subdomainFaults } from './words.ts'

// kubernetes `pkg/apis/admissionregistration/validation`, but for match conditions.

const OPERATIONS = ['*', 'CONNECT', 'CREATE', 'DELETE', 'UPDATE']
const SCOPES = ['*', 'Cluster', 'Namespaced']
const EFFECTS = ['None', 'NoneOnDryRun']
const VERSIONS = ['v1', 'v1beta1']
const FORM = '; desired format: https://host[/path]'

/** kubernetes `ValidateMutatingWebhookConfiguration` and `ValidateValidatingWebhookConfiguration`. */
export function webhookFaults(kind: 'Mutating' | 'Validating'): (object: Body) => readonly StatusCause[] {
  return ({ webhooks }) => {
    const seen = new Set<string>()
    return items(webhooks).flatMap((hook, at) => {
      const path = `webhooks[${at}]`
      const name = text(hook.name)
      const again = name !== '' && seen.has(name) ? [duplicate(`${path}.name`, name)] : []
      seen.add(name)
      const reinvoked =
        kind === 'Mutating' ? oneOf(hook, 'reinvocationPolicy', { path, of: ['IfNeeded', 'Never'] }) : []
      return [...hookFaults(hook, path), ...reinvoked, ...versionFaults(hook, path), ...again]
    })
  }
}

function hookFaults(hook: Members, path: string): readonly StatusCause[] {
  const seconds = number(hook.timeoutSeconds) ?? 10
  const timely = seconds >= 1 && seconds <= 30
  const why = 'the timeout value must be between 1 and 30 seconds'
  return [
    ...qualifiedName(text(hook.name), `${path}.name`),
    ...items(hook.rules).flatMap((rule, at) => ruleFaults(rule, `${path}.rules[${at}]`)),
    ...oneOf(hook, 'failurePolicy', { path, of: ['Fail', 'Ignore'] }),
    ...oneOf(hook, 'matchPolicy', { path, of: ['Equivalent', 'Exact'] }),
    ...effectFaults(hook, path),
    ...(timely ? [] : [invalid(`${path}.timeoutSeconds`, seconds, why)]),
    ...clientFaults(members(hook.clientConfig), `${path}.clientConfig`),
  ]
}

type Choice = { readonly path: string; readonly of: readonly string[] }

function oneOf(hook: Members, name: string, { path, of }: Choice): readonly StatusCause[] {
  const value = hook[name]
  return value === undefined || of.includes(text(value)) ? [] : [notSupported(`${path}.${name}`, value, of)]
}

function effectFaults(hook: Members, path: string): readonly StatusCause[] {
  if (isSaid(hook.sideEffects)) return oneOf(hook, 'sideEffects', { path, of: EFFECTS })
  return [required(`${path}.sideEffects`, `must specify one of ${EFFECTS.join(', ')}`)]
}

function qualifiedName(name: string, field: string): readonly StatusCause[] {
  if (name === '') return [required(field)]
  const faults = subdomainFaults(field, name)
  if (faults.length > 0 || name.split('.').length >= 3) return faults
  return [invalid(field, name, 'should be a domain with at least three segments separated by dots')]
}

function ruleFaults(rule: Members, path: string): readonly StatusCause[] {
  const operations = texts(rule.operations)
  const faults = [...wildcardFaults(`${path}.operations`, operations, 'operations')]
  operations.forEach((operation, at) => {
    if (!OPERATIONS.includes(operation)) faults.push(notSupported(`${path}.operations[${at}]`, operation, OPERATIONS))
  })
  faults.push(...wildcardFaults(`${path}.apiGroups`, texts(rule.apiGroups), 'API groups'))
  faults.push(...wildcardFaults(`${path}.apiVersions`, texts(rule.apiVersions), 'API versions'))
  texts(rule.apiVersions).forEach((version, at) => {
    faults.push(...requiredText(`${path}.apiVersions[${at}]`, version))
  })
  faults.push(...resourceFaults(`${path}.resources`, texts(rule.resources)))
  return [...faults, ...oneOf(rule, 'scope', { path, of: SCOPES })]
}

function wildcardFaults(field: string, values: readonly string[], what: string): readonly StatusCause[] {
  if (values.length === 0) return [required(field)]
  if (values.length === 1 || !values.includes('*')) return []
  const type = what === 'operations' ? 'admissionregistration.OperationType' : 'string'
  return [invalidTexts(field, values, { why: `if '*' is present, must not specify other ${what}`, type })]
}

function resourceFaults(field: string, resources: readonly string[]): readonly StatusCause[] {
  if (resources.length === 0) return [required(field)]
  const faults = resources.flatMap((one, at) => requiredText(`${field}[${at}]`, one))
  if (resources.length > 1 && resources.includes('*/*')) {
    faults.push(invalidTexts(field, resources, "if '*/*' is present, must not specify other resources"))
  }
  const bare = resources.some(one => one !== '*' && !one.includes('/'))
  if (!resources.includes('*') || !bare) return faults
  const why = "if '*' is present, must not specify other resources without subresources"
  return [...faults, invalidTexts(field, resources, why)]
}

function versionFaults({ admissionReviewVersions }: Members, path: string): readonly StatusCause[] {
  const field = `${path}.admissionReviewVersions`
  const versions = texts(admissionReviewVersions)
  if (versions.length === 0) return [required(field, `must specify one of ${VERSIONS.join(', ')}`)]
  const again = versions.flatMap((one, at) =>
    versions.indexOf(one) < at ? [invalid(`${field}[${at}]`, one, 'duplicate version')] : [],
  )
  if (versions.some(one => VERSIONS.includes(one))) return again
  return [...again, invalidTexts(field, versions, `must include at least one of ${VERSIONS.join(', ')}`)]
}

function clientFaults(client: Members, path: string): readonly StatusCause[] {
  if (!isSaid(client.url) === !isSaid(client.service)) {
    return [required(path, 'exactly one of url or service is required')]
  }
  if (isSaid(client.url)) return urlFaults(text(client.url), `${path}.url`)
  const { name, namespace, port } = members(client.service)
  return [
    ...(text(name) === '' ? [required(`${path}.service.name`, 'service name is required')] : []),
    ...(text(namespace) === '' ? [required(`${path}.service.namespace`, 'service namespace is required')] : []),
    ...portFaults(`${path}.service.port`, number(port) ?? 443).map(({ field }) =>
      invalid(field, number(port), 'port is not valid: must be between 1 and 65535, inclusive'),
    ),
  ]
}

function urlFaults(given: string, field: string): readonly StatusCause[] {
  const parts = /^(?:([A-Za-z][-+.A-Za-z0-9]*):)?(?:\/\/(?:([^/?#]*)@)?([^/?#]*))?[^?#]*(?:\?([^#]*))?(?:#(.*))?$/.exec(
    given,
  )
  const [, scheme = '', user, host = '', query = '', fragment = ''] = parts ?? []
  return [
    ...(scheme === 'https' ? [] : [invalid(field, scheme, `'https' is the only allowed URL scheme${FORM}`)]),
    ...(host === '' ? [invalid(field, host, `host must be specified${FORM}`)] : []),
    ...(!isSaid(user) ? [] : [invalid(field, user, 'user information is not permitted in the URL')]),
    ...(fragment === '' ? [] : [invalid(field, fragment, 'fragments are not permitted in the URL')]),
    ...(query === '' ? [] : [invalid(field, query, 'query parameters are not permitted in the URL')]),
  ]
}
