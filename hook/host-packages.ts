/** Debian packages that the recipe needs on the machine that builds HookOS (not in HookOS itself). */
export const HOST_PACKAGES: readonly string[] = [
  'apt', // apt-get: chooses and fetches the packages
  'binutils', // strip, readelf
  'dpkg', // dpkg-deb: unpacks them
  'kmod', // depmod
  'util-linux', // flock: one builder at a time
  'zstd', // the initramfs
]
