import type { Connection } from '../../machinery/api/bmc.ts'
import { Secret } from '../../machinery/api/core.ts'
import type { ObjectKey } from '../../machinery/api/object.ts'
import type { World } from '../../machinery/control/controller.ts'
import type { Target } from './driver.ts'
import { PowerFault } from './fault.ts'

const IPMI_PORT = 623

/** Where the credentials of a connection lie; undefined when it names none. */
export function secretKey(connection: Connection, namespace: string | undefined): ObjectKey | undefined {
  const { name, namespace: own = namespace } = connection.authSecretRef ?? {}
  if (!name) return undefined
  return own === undefined ? { name } : { name, namespace: own }
}

/** The connection with its credentials, read anew each time: they may have been changed since. */
export function targetOf(connection: Connection, namespace: string | undefined, world: World): Target {
  const { host, port = IPMI_PORT, insecureTLS, providerOptions: options = {} } = connection
  const key = secretKey(connection, namespace)
  if (!key) throw new PowerFault('bmc/no-credentials', `the connection to ${host} has no authSecretRef`, { host })
  const secrets = world.cache(Secret)
  const secret = secrets.get(key)
  const where = `Secret ${key.namespace}/${key.name}`
  if (!secret) {
    const { namespace: only = key.namespace } = secrets
    const why = only === key.namespace ? 'is not there' : `cannot be read: passwords of BMCs belong in ${only}`
    throw new PowerFault('bmc/no-credentials', `${where} ${why}`, { host })
  }
  const field = (name: 'username' | 'password') => {
    const base64 = secret.data?.[name]
    if (base64 !== undefined) return Buffer.from(base64, 'base64').toString('utf8')
    throw new PowerFault('bmc/no-credentials', `${where} has no ${name}`, { host })
  }
  return { host, port, insecureTLS, options, user: field('username'), password: field('password') }
}
