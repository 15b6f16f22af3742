/**
 * What the lab's operating system is made of. Everything here goes into the hash under which the image is cached, so
 * a change of any line builds it anew.
 */
export const RECIPE = {
  version: 1,
  suite: 'bookworm',
  /** The root file system is made this much larger than its content; growpart makes it fill the disk at first boot. */
  slackMib: 160,
  espMib: 8,
  rootUuid: '6f732d69-6d61-4765-8f72-62656c6c686f',
  packages: [
    'systemd-sysv',
    'udev',
    'dbus',
    'systemd-resolved',
    'netplan.io', // what EKS Anywhere's templates write for: /etc/netplan/config.yaml
    'iproute2',
    'cloud-init',
    'cloud-guest-utils', // growpart
    'sudo', // cloud-init gives its default user a sudoers line
    'openssh-server',
    'ca-certificates',
    'linux-image-amd64', // the generic kernel: the cloud one has no AHCI and no e1000
    'initramfs-tools',
    'busybox',
    'zstd',
  ],
  /** Never unpacked: a machine in a rack needs no manuals, no translations, no sound and no screen driver. */
  excludedPaths: [
    '/usr/share/man/*',
    '/usr/share/info/*',
    '/usr/share/locale/*',
    '/usr/share/i18n/*',
    '/usr/share/doc/*',
    '/usr/share/lintian/*',
    '/usr/share/bug/*',
    ...[
      'sound',
      'drivers/accel',
      'drivers/bluetooth',
      'drivers/comedi',
      'drivers/gpu',
      'drivers/hid',
      'drivers/iio',
      'drivers/infiniband',
      'drivers/input',
      'drivers/isdn',
      'drivers/leds',
      'drivers/media',
      'drivers/mmc',
      'drivers/mtd',
      'drivers/net/can',
      'drivers/net/wireless',
      'drivers/net/wwan',
      'drivers/platform',
      'drivers/staging',
      'drivers/thunderbolt',
      'drivers/usb',
      'drivers/video',
      'net/bluetooth',
      'net/mac80211',
      'net/wireless',
      'fs/ceph',
      'fs/gfs2',
      'fs/ocfs2',
      'fs/smb',
      'fs/xfs',
      'fs/btrfs',
    ].map(folder => `/lib/modules/*/kernel/${folder}/*`),
  ],
  /** Unpacked all the same: without evdev nobody hears the power button, and a soft power-off is lost. */
  includedPaths: ['/lib/modules/*/kernel/drivers/input/evdev.ko', '/usr/share/doc/*/copyright'],
  /** Taken out at the end, since their packages' own scripts look for them. */
  removedPaths: [
    '/usr/lib/python3/dist-packages/pygments/lexers',
    '/var/lib/dbus/machine-id',
    '/var/log/dpkg.log',
    '/var/log/alternatives.log',
    '/var/log/bootstrap.log',
    '/var/log/apt',
    '/var/cache/apt',
    '/var/cache/debconf/templates.dat-old',
  ],
  /** Units that a machine in a rack does not miss; each costs a second or so of an emulated boot. */
  maskedUnits: [
    'apt-daily.timer',
    'apt-daily-upgrade.timer',
    'dpkg-db-backup.timer',
    'e2scrub_all.timer',
    'e2scrub_reap.service',
    'fstrim.timer',
    'systemd-pstore.service',
    'systemd-binfmt.service',
    'cloud-init-hotplugd.socket',
    'sys-fs-fuse-connections.mount',
    'sys-kernel-config.mount',
    'sys-kernel-debug.mount',
    'sys-kernel-tracing.mount',
    'dev-mqueue.mount',
    'dev-hugepages.mount',
  ],
  /** Mitigations guard tenants from each other; there are none here, and emulated they cost much of the boot. */
  kernelArguments: 'ro console=tty0 console=ttyS0,115200 quiet loglevel=4 mitigations=off',
} as const

/** Files laid down before any package is unpacked, so that the packages' own scripts already obey them. */
export const EARLY_FILES: Readonly<Record<string, string>> = {
  // Only what is needed to reach the root disk, whichever controller it hangs on.
  '/etc/initramfs-tools/conf.d/bellhop': 'MODULES=list\nCOMPRESS=zstd\nCOMPRESSLEVEL=15\nRESUME=none\nFSTYPE=ext4\n',
  '/usr/share/initramfs-tools/modules.d/bellhop': `${[
    'ext4',
    'crc32c_generic',
    'virtio_pci',
    'virtio_blk',
    'virtio_scsi',
    'sd_mod',
    'ahci',
    'ata_piix',
    'nvme',
    'megaraid_sas',
    'mpt3sas',
  ].join('\n')}\n`,
  '/etc/fstab': `UUID=${RECIPE.rootUuid} / ext4 errors=remount-ro 0 1\n`,
}

/** Files of the finished system. Nothing here says where metadata is: that is for the installer to write. */
export const LATE_FILES: Readonly<Record<string, string>> = {
  '/etc/hostname': 'localhost\n',
  '/etc/default/locale': 'LANG=C.UTF-8\n',
  '/etc/machine-id': '', // empty: each machine makes its own at first boot
  '/etc/cloud/cloud.cfg.d/05_image.cfg': [
    '# RSA and DSA host keys take an emulated processor many seconds; these two do not.',
    'ssh_genkeytypes: [ed25519, ecdsa]',
    '# No translations are in the image, and GRUB is not a package of it.',
    'locale: false',
    'grub_dpkg: {enabled: false}',
    'apt: {preserve_sources_list: true}',
    '',
  ].join('\n'),
}
