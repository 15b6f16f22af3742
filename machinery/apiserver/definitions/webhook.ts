import { Fault } from '../../../wire/fault.ts'

/** A Service of the store, by which a webhook is reached. */
export interface ServiceReference {
  readonly name: string
  readonly namespace: string
  readonly path?: string
  /** 443 unless told. */
  readonly port?: number
}

/** Where a webhook is, and who vouches for it: `clientConfig` of conversion and of admission webhooks. */
export interface WebhookClientConfig {
  readonly url?: string
  readonly service?: ServiceReference
  /** PEM in base64; the authorities of the system when absent. */
  readonly caBundle?: string
}

export interface WebhookCall {
  readonly clientConfig: WebhookClientConfig
  /** The review, sent as JSON. */
  readonly review: object
  readonly timeoutSeconds: number
  readonly signal?: AbortSignal
}

/** Posts a review to a webhook and resolves to the JSON it answers; rejects with a WebhookFault. */
export interface WebhookCaller {
  call(request: WebhookCall): Promise<unknown>
}

/** What may befall a call, told from one another because admission's `failurePolicy` treats them alike, but metrics do not. */
export type WebhookCode =
  | 'webhook/unreachable' // no such Service, nobody listens, not to be trusted
  | 'webhook/timeout'
  | 'webhook/refused' // an HTTP status other than 2xx
  | 'webhook/malformed' // an answer that is no JSON, or too long

/** A webhook could not be asked. The message is the reason in kube-apiserver's (Go's) words, to be put behind its own. */
export class WebhookFault extends Fault<WebhookCode> {}
