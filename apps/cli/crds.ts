import { stringify } from 'yaml'
import { CUSTOM_KINDS } from '../../machinery/api/kinds.ts'
import { ownDefinition } from '../definitions.ts'
import { command } from './command.ts'

/** `bellhop crds`: what an operator gives to a cluster by hand, where bellhop itself may not. */
export const crds = (version: string) =>
  command({
    name: 'crds',
    summary: "Print the CustomResourceDefinitions of bellhop's kinds, for a cluster of your own",
    more: '`bellhop up --kubeconfig` installs them by itself, if it may.',
    args: [],
    flags: {},
    examples: { 'bellhop crds | kubectl apply --server-side -f -': 'install them, or bring them up to date' },
    local: true,
    run: async ({ out }) => {
      for (const kind of CUSTOM_KINDS) out.line(`---\n${stringify(ownDefinition(kind, version)).trimEnd()}`)
      return 0
    },
  })
