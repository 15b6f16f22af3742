/**
 * Kernel modules that a machine needs between its firmware and its installed system: a name, or a folder of
 * `kernel/` ending in `/`. What they depend on is added from modules.dep and modules.softdep.
 */
export const DRIVERS: readonly string[] = [
  // network: every wired card the kernel knows, its PHYs, and the virtual ones
  'drivers/net/ethernet/',
  'drivers/net/phy/',
  'drivers/net/mdio/',
  'drivers/net/hyperv/',
  'drivers/net/vmxnet3/',
  'drivers/net/bonding/',
  ...['virtio_net', 'xen-netfront', 'net_failover', 'fjes', 'mii', 'tun', 'veth', 'dummy', '8021q', 'bridge'],
  ...['r8152', 'ax88179_178a', 'asix', 'cdc_ether', 'cdc_ncm', 'rndis_host', 'smsc95xx', 'lan78xx'],

  // disks and what they hang on
  'drivers/ata/',
  'drivers/nvme/host/',
  'drivers/message/fusion/',
  'drivers/block/mtip32xx/',
  ...['virtio_blk', 'virtio_scsi', 'xen-blkfront', 'hv_storvsc', 'vmw_pvscsi', 'loop', 'nbd'],
  ...['sd_mod', 'sr_mod', 'sg', 'ses', 'scsi_dh_alua', 'scsi_dh_rdac', 'scsi_dh_emc'],
  ...['3w-9xxx', '3w-sas', '3w-xxxx', 'aacraid', 'aic79xx', 'aic7xxx', 'aic94xx', 'am53c974', 'arcmsr', 'BusLogic'],
  ...['esas2r', 'hpsa', 'hptiop', 'ips', 'ipr', 'isci', 'megaraid', 'megaraid_mbox', 'megaraid_mm'],
  ...['megaraid_sas', 'mpi3mr', 'mpt3sas', 'mvsas', 'mvumi', 'myrb', 'myrs', 'pm80xx', 'pmcraid', 'qla1280'],
  ...['smartpqi', 'snic', 'stex', 'sym53c8xx', 'wd719x', 'iscsi_tcp', 'iscsi_ibft'],
  ...['usb-storage', 'uas', 'sdhci-pci', 'sdhci-acpi', 'mmc_block', 'vmd'],
  ...['dm-mod', 'dm-crypt', 'dm-snapshot', 'dm-mirror', 'dm-raid', 'dm-thin-pool', 'dm-multipath', 'dm-round-robin'],
  ...['raid0', 'raid1', 'raid10', 'raid456', 'linear'],

  // file systems of images and of firmware
  ...['ext4', 'xfs', 'btrfs', 'vfat', 'exfat', 'isofs', 'udf', 'squashfs', 'erofs', 'overlay', 'fuse', 'efivarfs'],
  ...['nls_cp437', 'nls_ascii', 'nls_iso8859-1', 'nls_utf8', 'crc32c_generic', 'crc32c-intel', 'crct10dif-pclmul'],

  // buses, consoles, keyboards, and the BMC seen from inside
  'drivers/virtio/',
  'drivers/hv/',
  'drivers/usb/host/',
  'drivers/char/ipmi/',
  ...['usbhid', 'hid-generic', 'hid-hyperv', 'hyperv-keyboard', 'virtio_console', 'virtio-rng'],
  ...['usbserial', 'ftdi_sio', 'cp210x', 'pl2303', 'qemu_fw_cfg', 'i6300esb', 'iTCO_wdt', 'sp5100_tco'],
  ...['wmi', 'button', 'libnvdimm', 'nd_pmem', 'nfit'],
]

/** Left out although a folder above holds them. */
export const NOT_DRIVERS: readonly string[] = [
  'pata_legacy', // probes old ports blindly
  'mlx4_ib',
  'mlx5_ib',
  'nvme-fc',
  'nvme-rdma',
]
