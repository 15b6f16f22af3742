/** The answer to a question that is asked by creating an object: the object, which is never kept. */
export interface Reviewed {
  readonly kind: string
  readonly apiVersion: string
  readonly metadata: object
  readonly spec?: object
  readonly status: object
}
