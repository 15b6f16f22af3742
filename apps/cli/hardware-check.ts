import { basename } from 'node:path'
import { InventoryFault, type Row, readCsv } from '../../machinery/inventory/csv.ts'
import { command, OUTPUT_FLAG } from './command.ts'

export const hardwareCheck = command({
  name: 'check',
  summary: 'Check a hardware list: every problem with its line, column and value, or a table of its machines',
  more: 'Needs no server, and changes nothing. Exit code 1, when there is a problem. Passwords are not shown.',
  args: [{ name: '<file>', says: "the list, with EKS Anywhere's columns" }],
  flags: { output: OUTPUT_FLAG },
  examples: { 'bellhop hardware check hardware.csv': 'before `bellhop up --hardware-csv hardware.csv`' },
  local: true,
  async run({ flags, args, readText, out }) {
    const [file = ''] = args
    const read = check(await readText(file), basename(file))
    if (flags.output === 'json') {
      out.json(read instanceof InventoryFault ? { problems: read.problems } : { machines: read.map(shown) })
    } else if (read instanceof InventoryFault) {
      out.line(read.message)
      out.line(`${read.problems.length === 1 ? '1 problem' : `${read.problems.length} problems`}; nothing was changed.`)
    } else {
      out.table(read.map(shown), {
        NAME: row => row.name,
        MAC: row => row.mac,
        ADDRESS: row => row.address,
        DISK: row => row.disk,
        BMC: row => row.bmc || '-',
        VLAN: row => row.vlan || '-',
        LABELS: row => row.labels || '-',
      })
    }
    return read instanceof InventoryFault ? 1 : 0
  },
})

function check(text: string, file: string): readonly Row[] | InventoryFault {
  try {
    return readCsv(text, file)
  } catch (fault) {
    if (fault instanceof InventoryFault) return fault
    throw fault
  }
}

function shown({ hostname, mac, ip_address, disk, bmc_ip, vlan_id, labels }: Row) {
  return { name: hostname, mac, address: ip_address, disk, bmc: bmc_ip, vlan: vlan_id, labels }
}
