import { stringify } from 'yaml'
import { Namespace } from '../../machinery/api/core.ts'
import { make } from '../../machinery/api/kind.ts'
import { CUSTOM_KINDS } from '../../machinery/api/kinds.ts'
import type { KubeObject } from '../../machinery/api/object.ts'
import { ACCOUNTS, accountObjects } from '../accounts.ts'
import { ownDefinition } from '../definitions.ts'
import { POD_NAMESPACE } from '../pods.ts'
import { command, toggle } from './command.ts'

/** `bellhop crds`: what an operator gives to a cluster by hand, where bellhop itself may not. */
export const crds = (version: string) =>
  command({
    name: 'crds',
    summary: "Print the CustomResourceDefinitions of bellhop's kinds, for a cluster of your own",
    more: '`bellhop up --kubeconfig` installs them by itself, if it may.',
    args: [],
    flags: { rights: toggle('print the namespace, the service account and the roles that bellhop needs there, too') },
    examples: {
      'bellhop crds | kubectl apply --server-side -f -': 'install them, or bring them up to date',
      'bellhop crds --rights | kubectl apply -f -': 'and let the account bellhop in eksa-system do what it must',
    },
    local: true,
    run: async ({ flags, out }) => {
      const definitions = CUSTOM_KINDS.map(kind => ownDefinition(kind, version))
      for (const object of [...definitions, ...(flags.rights ? rights() : [])]) {
        out.line(`---\n${stringify(object).trimEnd()}`)
      }
      return 0
    },
  })

/** Of the one account that a pod of bellhop has. */
function rights(): readonly KubeObject[] {
  const namespace = make(Namespace, { metadata: { name: POD_NAMESPACE } })
  return [namespace, ...ACCOUNTS.flatMap(account => accountObjects(account, 'one'))]
}
