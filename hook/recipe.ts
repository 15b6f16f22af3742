/** Debian packages that HookOS is made of; apt adds what they depend on, and only files named below are taken. */
export const PACKAGES: readonly string[] = [
  'linux-image-amd64', // the generic kernel: real NICs and disks, not only virtual ones
  'busybox-static',
  'kmod',
  'kexec-tools',
  'e2fsprogs',
  'dosfstools',
  'efibootmgr',
  'fdisk',
  'util-linux',
  'bsdutils', // logger
  'mount',
  'xz-utils',
  'bzip2',
  'ca-certificates',
  'libstdc++6', // these two are Node's
  'libatomic1',
]

/**
 * Programs taken from the packages, with the libraries that they are linked to. Everything else is a busybox applet;
 * where both have one (mount, sfdisk ...), this is the one found first on the PATH.
 */
export const PROGRAMS: readonly string[] = [
  'busybox',
  'kmod',
  'kexec',
  'efibootmgr',
  'mke2fs',
  'e2fsck',
  'resize2fs',
  'tune2fs',
  'mkfs.fat',
  'fsck.fat',
  'sfdisk',
  'blkid',
  'blockdev',
  'fallocate',
  'partx',
  'lsblk',
  'findmnt',
  'losetup',
  'wipefs',
  'mkswap',
  'mount',
  'umount',
  'logger',
  'xz',
  'bzip2',
]

/** Other names by which a program is called: kmod and e2fsprogs look at theirs to know what to do. */
export const ALIASES: Readonly<Record<string, string>> = {
  modprobe: 'kmod',
  depmod: 'kmod',
  insmod: 'kmod',
  rmmod: 'kmod',
  lsmod: 'kmod',
  modinfo: 'kmod',
  'mkfs.ext2': 'mke2fs',
  'mkfs.ext3': 'mke2fs',
  'mkfs.ext4': 'mke2fs',
  'fsck.ext4': 'e2fsck',
  'mkfs.vfat': 'mkfs.fat',
  'fsck.vfat': 'fsck.fat',
}

/** Loaded at run time by name, so that no linker knows of them. */
export const EXTRA_LIBRARIES: readonly string[] = ['libnss_files.so.2', 'libnss_dns.so.2', 'libresolv.so.2']

/** Plain files taken as they are. */
export const FILES: readonly string[] = ['/etc/mke2fs.conf']

/** Where Debian keeps the certificates that its own post-install script would bind into one file. */
export const CERTIFICATES = '/usr/share/ca-certificates/mozilla'

/** zstd's level costs time while building only; from 19 to 22 a per cent is gained and 128 MB of window needed. */
export const COMPRESSION = 19
