// Who may import whom. The reason of each rule is its message. docs/ARCHITECTURE.md shows the house.

/** @param {string} name @param {string} comment @param {object} from @param {object} to */
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

const rooms = ['cluster', 'workflow', 'bmc', 'netboot', 'metadata']
const tests = '\\.test\\.ts$'

module.exports = {
  forbidden: [
    forbid(
      'no-circles',
      'A circle has no inside and no outside: nobody can read one half of it alone.',
      {},
      { circular: true },
    ),
    forbid(
      'wire-imports-nothing',
      'A codec is bytes and what they mean. Time, chance and digests are arguments, so that captures can be replayed anywhere.',
      { path: '^wire/', pathNot: tests },
      { pathNot: '^wire/' },
    ),
    forbid(
      'api-and-host-stand-on-wire',
      'The nouns and the ports are used by everyone, so they may know nobody.',
      { path: '^machinery/(api|host)/', pathNot: tests },
      { path: '^(apps|services|hook|lab|lint|bench|machinery/(control|apiserver|journal|inventory))/' },
    ),
    forbid(
      'host-knows-no-nouns',
      'The ports to the world outside serve any noun.',
      { path: '^machinery/host/' },
      { path: '^machinery/api/' },
    ),
    forbid(
      'engine-rooms-apart',
      'The control loop runs against a real cluster too, where there is no embedded API server; and the server needs no loop.',
      { path: '^machinery/(control|apiserver|journal|inventory)/', pathNot: tests },
      { path: '^machinery/(control|apiserver|journal|inventory)/', pathNot: '^machinery/$1/' },
    ),
    forbid(
      'machinery-below-services',
      'Imports go down the list: apps, services, machinery, wire.',
      { path: '^machinery/', pathNot: tests },
      { path: '^(apps|services|hook|lab)/' },
    ),
    ...rooms.map(room =>
      forbid(
        `services-${room}-alone`,
        'Services meet in objects, never in imports: that is why each can be replaced, moved and restarted alone.',
        { path: `^services/${room}/` },
        { path: '^services/', pathNot: `^services/${room}/` },
      ),
    ),
    forbid(
      'services-below-apps',
      'A service is handed what it needs; only the doors choose.',
      { path: '^services/', pathNot: tests },
      { path: '^(apps|lab|hook)/' },
    ),
    forbid(
      'services-know-no-server',
      'Services run unchanged against a real cluster: they know the Client, not who answers it.',
      { path: '^services/', pathNot: tests },
      { path: '^machinery/(apiserver|inventory)/' },
    ),
    forbid(
      'worker-stays-small',
      'The worker is bundled into an installer OS that boots over the network.',
      { path: '^services/workflow/worker/', pathNot: tests },
      { path: '^(services|machinery/(control|apiserver|journal|inventory))/', pathNot: '^services/workflow/worker/' },
    ),
    forbid(
      'hook-actions-stay-small',
      'The actions are bundled into an installer OS that boots over the network.',
      { path: '^hook/actions/', pathNot: tests },
      { path: '^(apps|services|lab|machinery/(control|apiserver|journal|inventory))/' },
    ),
    forbid(
      'cli-is-a-client',
      'Whatever the command line can do, kubectl and curl can do too.',
      { path: '^apps/cli/', pathNot: tests },
      { path: '^(services|lab|hook|machinery/(control|apiserver|journal))/' },
    ),
    forbid(
      'nobody-imports-lab',
      'The lab watches the house; the house does not know it is watched.',
      { pathNot: '^(lab|bench)/' },
      { path: '^lab/' },
    ),
    forbid(
      'nobody-imports-doors',
      'Doors are opened from outside.',
      { pathNot: '^(apps|lab|bench|hook/bundle)' },
      { path: '^apps/' },
    ),
    forbid(
      'no-own-index',
      'A file that imports its own room through the front door soon stands in a circle.',
      { path: '^(.+)/[^/]+$' },
      { path: '^$1/index\\.ts$' },
    ),
    forbid('not-to-unresolvable', 'What is imported is there.', {}, { couldNotResolve: true }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(node_modules|/generated/)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    detectProcessBuiltinModuleCalls: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      extensions: ['.ts', '.js', '.cjs', '.mjs', '.json'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
}
