import { resolve } from 'node:path'
import { command } from '../command.ts'
import type { Lab } from '../scenario/open.ts'
import type { Plan } from '../scenario/plan.ts'

/** The user that Debian's cloud-init makes, and gives the operator's key. */
const USER = 'debian'

/** Runs a line of shell in an installed machine, by SSH from the lab's namespace, with the key that it was told of. */
export function login({ network, ssh }: Lab, plan: Plan, signal: AbortSignal): (line: string) => Promise<string> {
  const options = {
    IdentityFile: resolve(ssh.keyFile),
    IdentitiesOnly: 'yes',
    PasswordAuthentication: 'no',
    BatchMode: 'yes',
    // The machine has made its host key a minute ago, and its address had another in the last run.
    StrictHostKeyChecking: 'no',
    UserKnownHostsFile: '/dev/null',
    LogLevel: 'ERROR',
    ConnectTimeout: '60',
  }
  const flags = Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`])
  return line => command([...network.enter, 'ssh', '-F', 'none', ...flags, `${USER}@${plan.address}`, line], { signal })
}
