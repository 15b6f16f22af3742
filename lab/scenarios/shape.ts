import assert from 'node:assert/strict'

/** How the EKS Anywhere documents show the pods: a DaemonSet's has five letters behind its name, a Deployment's ten and five. */
export const PODS: Readonly<Record<string, RegExp>> = {
  boots: /^boots-[a-z0-9]{8,10}-[a-z0-9]{5}$/,
  hegel: /^hegel-[a-z0-9]{5}$/,
  'rufio-controller-manager': /^rufio-controller-manager-[a-z0-9]{8,10}-[a-z0-9]{5}$/,
  'tink-controller-manager': /^tink-controller-manager-[a-z0-9]{8,10}-[a-z0-9]{5}$/,
  'tink-server': /^tink-server-[a-z0-9]{8,10}-[a-z0-9]{5}$/,
}

export const AGE = /^(\d+[smhd]){1,2}$/

/** What `kubectl describe` shows of a task that is completed. */
export function assertCompleted(description: string): void {
  const status = description.slice(description.indexOf('\nStatus:'))
  assert.match(status, /^ {2}Completion Time: +\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/m)
  assert.match(status, /^ {2}Conditions:\n {4}Status: +True\n {4}Type: +Completed$/m)
}

/** The `Task:` part of it, its columns drawn together. */
export function describedTask(description: string): string {
  const [, task = ''] = /\n {2}Task:\n([\s\S]*?)\nStatus:/.exec(description) ?? []
  return task
    .split('\n')
    .map(line => line.trim().replace(/: +/, ': '))
    .join('\n')
}

/** An action in a Workflow's status, as `-o yaml` shows it. */
export function assertAction(action: Readonly<Record<string, unknown>>): void {
  const { name, image, status, environment } = action
  assert.equal(typeof name, 'string')
  assert.match(String(image), /\//)
  assert.match(String(status), /^STATE_(PENDING|RUNNING|SUCCESS)$/)
  assert.ok(environment === undefined || typeof environment === 'object')
  if (status === 'STATE_PENDING') return
  assert.match(String(action.startedAt), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
  if (status === 'STATE_SUCCESS') assert.ok(Number.isInteger(action.seconds), `${name}: seconds ${action.seconds}`)
}
