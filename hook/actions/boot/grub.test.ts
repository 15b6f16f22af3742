import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defaultEntry, parseGrub, parseGrubenv } from './grub.ts'
import { words } from './words.ts'

// Composed by hand in the shape that grub-mkconfig of Debian 12 writes: two kernels, a submenu, the saved-entry dance.
const DEBIAN = `
if [ -s $prefix/grubenv ]; then
  set have_grubenv=true
  load_env
fi
if [ "\${next_entry}" ] ; then
   set default="\${next_entry}"
   set next_entry=
   save_env next_entry
   set boot_once=true
else
   set default="0"
fi

if [ x"\${feature_menuentry_id}" = xy ]; then
  menuentry_id_option="--id"
else
  menuentry_id_option=""
fi

function load_video {
  if [ x$feature_all_video_module = xy ]; then
    insmod all_video
  else
    insmod efi_gop
  fi
}
function gfxmode {
	set gfxpayload="\${1}"
}
set linux_gfx_mode=
menuentry 'Debian GNU/Linux' --class debian --class gnu-linux --class os $menuentry_id_option 'gnulinux-simple-1234' {
	load_video
	insmod gzio
	if [ x$grub_platform = xxen ]; then insmod xzio; insmod lzopio; fi
	search --no-floppy --fs-uuid --set=root 1234
	echo	'Loading Linux 6.1.0-18-amd64 ...'
	linux	/boot/vmlinuz-6.1.0-18-amd64 root=UUID=1234 ro  quiet console=ttyS0 $extra
	echo	'Loading initial ramdisk ...'
	initrd	/boot/early.cpio /boot/initrd.img-6.1.0-18-amd64
}
submenu 'Advanced options for Debian GNU/Linux' $menuentry_id_option 'gnulinux-advanced-1234' {
	menuentry 'Debian GNU/Linux, with Linux 6.1.0-17-amd64' --class debian $menuentry_id_option 'gnulinux-17-advanced' {
		linux	/boot/vmlinuz-6.1.0-17-amd64 root=UUID=1234 ro
		initrd	/boot/initrd.img-6.1.0-17-amd64
	}
	menuentry 'Debian GNU/Linux, with Linux 6.1.0-17-amd64 (recovery mode)' --class debian $menuentry_id_option 'gnulinux-17-recovery' {
		linux	/boot/vmlinuz-6.1.0-17-amd64 root=UUID=1234 ro single
	}
}
menuentry 'UEFI Firmware Settings' $menuentry_id_option 'uefi-firmware' {
	fwsetup
}
`

test('the default entry of a Debian grub.cfg', () => {
  assert.deepEqual(defaultEntry(parseGrub(DEBIAN)), {
    title: 'Debian GNU/Linux',
    id: 'gnulinux-simple-1234',
    place: '0',
    kernel: '/boot/vmlinuz-6.1.0-18-amd64',
    initrds: ['/boot/early.cpio', '/boot/initrd.img-6.1.0-18-amd64'],
    cmdline: 'root=UUID=1234 ro quiet console=ttyS0',
  })
})

test('every entry that boots a kernel has its place', () => {
  const { entries } = parseGrub(DEBIAN)
  assert.deepEqual(
    entries.map(entry => entry.place),
    ['0', '1>0', '1>1'],
  )
})

const CHOICES = [
  ['1>1', 'gnulinux-17-recovery'],
  ['gnulinux-advanced-1234>gnulinux-17-advanced', 'gnulinux-17-advanced'],
  ['1', 'gnulinux-17-advanced'], // a submenu's first
  ['Debian GNU/Linux', 'gnulinux-simple-1234'],
  ['08', undefined], // decimal, and out of range: nobody's entry
  ['2', undefined], // firmware settings boot no kernel
] as const

for (const [chosen, id] of CHOICES) {
  test(`the default "${chosen}" is ${id ?? 'no entry'}`, () => {
    const saved = DEBIAN.replace('set default="0"', `set default="$\{saved_entry}"`)
    const env = parseGrubenv(`# GRUB Environment Block\nsaved_entry=${chosen}\n#####`)
    assert.equal(defaultEntry(parseGrub(saved, env))?.id, id)
  })
}

test('a file that is cut anywhere, or is no grub.cfg at all, never throws', () => {
  for (let length = 0; length < DEBIAN.length; length += 7) parseGrub(DEBIAN.slice(0, length))
  assert.deepEqual(parseGrub('}\n}\n"\n\\\n${\n{ {').entries, [])
})

test('words as in a shell', () => {
  const variables = new Map([['root', 'hd0']])
  assert.deepEqual(words(`a  'b c' "d \\"e\\" $root" f\\ g \${root}x#y # z`, variables), [
    'a',
    'b c',
    'd "e" hd0',
    'f g',
    'hd0x#y',
  ])
  assert.deepEqual(words(`echo $HOME "$X" '$Y'`), ['echo', '$HOME', '$X', '$Y'])
})
