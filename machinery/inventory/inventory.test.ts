import assert from 'node:assert/strict'
import { test } from 'node:test'
import { InventoryFault, readCsv } from './csv.ts'
import { objectsOf } from './objects.ts'

const HEADER =
  'hostname,bmc_ip,bmc_username,bmc_password,mac,ip_address,netmask,gateway,nameservers,labels,disk,vlan_id'
const RACK1 =
  'rack1,10.0.1.1,root,"s3cret, really",52-54-00-AA-00-01,10.0.0.11,255.255.255.0,10.0.0.1,1.1.1.1|8.8.8.8,type=cp|rack=a,/dev/sda,'
const RACK2 = 'rack2,,,,52:54:00:aa:00:02,10.0.0.12,255.255.255.0,10.0.0.1,1.1.1.1,,/dev/nvme0n1,42'

function problems(text: string): string[] {
  try {
    readCsv(text, 'hardware.csv')
  } catch (fault) {
    if (fault instanceof InventoryFault) return fault.message.split('\n')
    throw fault
  }
  return []
}

test('a row becomes the objects that EKS Anywhere makes of it', () => {
  const [row] = readCsv(`${HEADER}\n${RACK1}\n`, 'hardware.csv')
  assert.ok(row)
  const { hardware, bmc } = objectsOf(row)
  assert.deepEqual(hardware.metadata, { name: 'rack1', namespace: 'eksa-system', labels: { type: 'cp', rack: 'a' } })
  assert.deepEqual(hardware.spec.bmcRef, { kind: 'Machine', name: 'bmc-rack1' })
  const dhcp = hardware.spec.interfaces?.[0]?.dhcp
  assert.equal(dhcp?.mac, '52:54:00:aa:00:01')
  assert.equal(dhcp?.lease_time, 4294967294)
  assert.deepEqual(dhcp?.name_servers, ['1.1.1.1', '8.8.8.8'])
  assert.equal(hardware.spec.metadata?.instance?.id, '52:54:00:aa:00:01')
  assert.equal(bmc?.machine.spec.connection.host, '10.0.1.1')
  assert.equal(bmc?.secret.type, 'kubernetes.io/basic-auth')
  assert.equal(Buffer.from(bmc?.secret.data?.password ?? '', 'base64').toString(), 's3cret, really')
})

test('a machine without a BMC has none, and a VLAN id is carried on', () => {
  const [row] = readCsv(`${HEADER}\n${RACK2}\n`, 'hardware.csv')
  assert.ok(row)
  const { hardware, bmc } = objectsOf(row)
  assert.equal(bmc, undefined)
  assert.equal(hardware.spec.bmcRef, undefined)
  assert.equal(hardware.spec.interfaces?.[0]?.dhcp?.vlan_id, '42')
})

test('byte order mark, CRLF, columns in another order and empty lines are fine', () => {
  const text = `\ufeffmac,hostname,ip_address,netmask,gateway,nameservers,labels,disk\r\n52:54:00:aa:00:03,rack3,10.0.0.13,255.255.255.0,10.0.0.1,1.1.1.1,,/dev/sda\r\n\r\n`
  assert.deepEqual(problems(text), [])
  assert.equal(readCsv(text, 'hardware.csv')[0]?.hostname, 'rack3')
})

test('every problem of every row is told in one go, with line, column and value', () => {
  const bad = 'Rack 9,10.0.1.9,root,,zz,10.0.0.999,255.0.255.0,gw,1.1.1.1|x,=,sda,5000'
  assert.deepEqual(problems(`${HEADER}\n${RACK1}\n${bad}\n`), [
    'hardware.csv:3: hostname "Rack 9": not a host name: lower-case letters, digits, dashes and dots, beginning and ending with a letter or digit',
    'hardware.csv:3: ip_address "10.0.0.999": not an IPv4 address such as 10.0.0.7',
    'hardware.csv:3: netmask "255.0.255.0": not a netmask such as 255.255.255.0',
    'hardware.csv:3: gateway "gw": not an IPv4 address such as 10.0.0.7',
    'hardware.csv:3: nameservers "1.1.1.1|x": "x" is not an IPv4 address; several are separated by |',
    'hardware.csv:3: mac "zz": not a MAC address such as 52:54:00:12:34:56',
    'hardware.csv:3: disk "sda": not a disk such as /dev/sda',
    'hardware.csv:3: labels "=": "" is not a label key',
    'hardware.csv:3: vlan_id "5000": not a VLAN id from 1 to 4094',
    'hardware.csv:3: bmc_password: a value is missing, since other columns of the BMC have one',
  ])
})

test('duplicates name the first row, whatever the case and form of the MAC', () => {
  const again = RACK1.replace('rack1', 'rack9')
    .replace('52-54-00-AA-00-01', '5254.00aa.0001')
    .replace('10.0.1.1', '10.0.1.2')
  assert.deepEqual(problems(`${HEADER}\n${RACK1}\n${again}\n`), [
    'hardware.csv:3: ip_address "10.0.0.11": the row of line 2 has it already',
    'hardware.csv:3: mac "52:54:00:aa:00:01": the row of line 2 has it already',
  ])
})

test('columns that are missing, unknown or doubled are named before any row is read', () => {
  assert.deepEqual(problems('hostname,mac,mac,colour\n'), [
    ...['ip_address', 'netmask', 'gateway', 'nameservers', 'disk', 'labels'].map(
      column => `hardware.csv:1: ${column}: this column is missing`,
    ),
    `hardware.csv:1: colour: no such column; there are hostname, ip_address, netmask, gateway, nameservers, mac, disk, labels, bmc_ip, bmc_username, bmc_password, vlan_id`,
    'hardware.csv:1: mac: this column stands there twice',
  ])
})

test('a row with too few values, an open quote and an empty file are refused', () => {
  assert.match(problems(`${HEADER}\nrack1,10.0.1.1\n`)[0] ?? '', /^hardware.csv:2: 2 values where the header names 12/)
  assert.match(problems(`${HEADER}\n"rack1\n`)[0] ?? '', /^hardware.csv:\d+: not a CSV file: /)
  assert.deepEqual(problems(''), ['hardware.csv:1: the file is empty; the first line names the columns'])
})

test('a wrong password column never shows the password', () => {
  const text = `${HEADER}\n${RACK1.replace('10.0.1.1', '')}\n`
  assert.ok(problems(text).every(line => !line.includes('s3cret')))
})
