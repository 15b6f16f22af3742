import type { Hardware, Instance } from '../../machinery/api/hardware.ts'
import type { Infer } from '../../machinery/api/schema.ts'

/** A leaf is text, a branch lists what is below it; the shape of EC2's metadata. */
export type Tree = string | { readonly [name: string]: Tree }

type InstanceOf = NonNullable<Infer<typeof Instance>>
type Address = NonNullable<InstanceOf['ips']>[number]

/**
 * What a machine may read of its Hardware, under `/2009-04-04/`. Names and sources are upstream's (Hegel's EC2 front
 * end); `public-keys` has EC2's own shape, so that cloud-init finds the keys which upstream leaves out.
 */
export function metadataTree(hardware: Hardware): Tree {
  const { metadata, userData } = hardware.spec
  const instance: InstanceOf = metadata?.instance ?? {}
  const os = instance.operating_system ?? {}
  return {
    'meta-data': {
      'instance-id': instance.id ?? '',
      hostname: instance.hostname ?? '',
      'local-hostname': instance.hostname ?? '',
      iqn: '',
      plan: metadata?.facility?.plan_slug ?? '',
      facility: metadata?.facility?.facility_code ?? '',
      tags: (instance.tags ?? []).join('\n'),
      'public-ipv4': addressOf(instance, ip => ip.family !== 6 && ip.public === true),
      'local-ipv4': addressOf(instance, ip => ip.family !== 6 && ip.public !== true),
      'public-ipv6': addressOf(instance, ip => ip.family === 6),
      'public-keys': publicKeys(instance.ssh_keys ?? []),
      'operating-system': {
        slug: os.slug ?? '',
        distro: os.distro ?? '',
        version: os.version ?? '',
        image_tag: os.image_tag ?? '',
        license_activation: { state: '' },
      },
    },
    'user-data': userData ?? instance.userdata ?? '',
  }
}

/** The text at a path; undefined when nothing is there. */
export function lookUp(tree: Tree, path: readonly string[]): string | undefined {
  let here: Tree | undefined = tree
  for (const name of path) {
    if (here === undefined || typeof here === 'string') return undefined
    here = Object.hasOwn(here, name) ? here[name] : undefined
  }
  return here === undefined || typeof here === 'string' ? here : listing(here)
}

/** Branches are listed with a slash behind their names, one a line, sorted: EC2's way, which cloud-init crawls. */
function listing(branch: Exclude<Tree, string>): string {
  if (isKeyList(branch)) return keyLines(branch)
  return Object.keys(branch)
    .sort()
    .map(name => (typeof branch[name] === 'string' ? name : `${name}/`))
    .join('\n')
}

function addressOf(instance: InstanceOf, fits: (ip: Address) => boolean): string {
  return instance.ips?.find(fits)?.address ?? ''
}

function publicKeys(keys: readonly string[]): Tree {
  return Object.fromEntries(keys.map((key, index) => [String(index), { 'openssh-key': key }]))
}

/** EC2 lists keys as `0=name`, and has no slash behind them. */
function isKeyList(branch: Exclude<Tree, string>): boolean {
  const keys = Object.values(branch)
  return keys.length > 0 && keys.every(key => typeof key !== 'string' && 'openssh-key' in key)
}

function keyLines(branch: Exclude<Tree, string>): string {
  return Object.entries(branch)
    .map(([index, key]) => `${index}=${keyName(key) || `key-${index}`}`)
    .join('\n')
}

/** The comment of an authorized key: its last word. */
function keyName(key: Tree): string {
  const text = typeof key === 'string' ? '' : key['openssh-key']
  return typeof text === 'string' ? (text.split(/\s+/)[2] ?? '') : ''
}
