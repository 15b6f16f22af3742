import type { StatusCause } from '../../api/fault.ts'
import { forbidden, invalid, notSupported, required } from '../schema/cause.ts'
import { invalidAsShown, stringSlice } from './cause.ts'
import { clientConfigFaults } from './client-config-faults.ts'
import { labelFaults } from './label.ts'
import { type Fields, fieldsOf, textOf, textsOf } from './reading.ts'

const STRATEGIES = ['None', 'Webhook']
/** Versions of ConversionReview that the server speaks. */
export const REVIEW_VERSIONS: readonly string[] = ['v1', 'v1beta1']

/** What was true of the definition before, and excuses what is new. */
export interface Leniency {
  /** A bundle that is none may stay while nobody relies on it. */
  readonly anyBundle: boolean
  /** Review versions that nobody here speaks may stay. */
  readonly anyReview: boolean
}

/** What is wrong with a conversion (apiextensions `validateCustomResourceConversion`). */
export function conversionFaults(conversion: Fields | undefined, path: string, lenient: Leniency): StatusCause[] {
  if (!conversion) return []
  const strategy = textOf(conversion.strategy)
  const webhook = fieldsOf(conversion.webhook)
  const clientConfig = fieldsOf(webhook?.clientConfig)
  const reviews = textsOf(webhook?.conversionReviewVersions)
  const client = `${path}.webhookClientConfig`
  const versions = `${path}.conversionReviewVersions`
  if (strategy === 'Webhook') {
    const missing = required(client, 'required when strategy is set to Webhook')
    return [
      ...(clientConfig ? clientConfigFaults(clientConfig, client, lenient) : [missing]),
      ...reviewFaults(reviews, versions, lenient),
    ]
  }
  const why = 'should not be set when strategy is not set to Webhook'
  return [
    ...(strategy === '' ? [required(`${path}.strategy`)] : []),
    ...(strategy !== '' && strategy !== 'None' ? [notSupported(`${path}.strategy`, strategy, STRATEGIES)] : []),
    ...(clientConfig ? [forbidden(client, why)] : []),
    ...(reviews.length > 0 ? [forbidden(versions, why)] : []),
  ]
}

function reviewFaults(versions: readonly string[], path: string, { anyReview }: Leniency): StatusCause[] {
  if (versions.length === 0) return [required(path)]
  const faults = versions.flatMap((version, at) => {
    if (versions.indexOf(version) < at) return [invalid(`${path}[${at}]`, version, 'duplicate version')]
    return labelFaults(version).map(why => invalid(`${path}[${at}]`, version, why))
  })
  if (anyReview || versions.some(version => REVIEW_VERSIONS.includes(version))) return faults
  const why = `must include at least one of ${REVIEW_VERSIONS.join(', ')}`
  return [...faults, invalidAsShown(path, stringSlice(versions), why)]
}
