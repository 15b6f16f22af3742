// Stands in for the worker in tests of HookOS: connects to grpc_authority, says so, and does what it is told.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { uptime } from 'node:os'

const words = readFileSync('/proc/cmdline', 'utf8').trim().split(' ')
const value = name => words.findLast(word => word.startsWith(`${name}=`))?.slice(name.length + 1)
const [host, port] = (value('grpc_authority') ?? '').split(':')

console.log(`placeholder worker ${value('worker_id')} runs on node ${process.version} after ${uptime()} s`)
const socket = connect({ host, port: Number(port) }, () => console.log('placeholder worker is connected'))
socket.on('data', data => {
  const order = String(data).trim()
  console.log(`placeholder worker was told: ${order}`)
  if (order === 'end') process.exit(7)
  // Every other order is for the shell, as an action would give it.
  const shell = spawn('/bin/sh', ['-c', order], { stdio: ['ignore', 'pipe', 'pipe'] })
  for (const stream of [shell.stdout, shell.stderr]) stream.pipe(process.stdout, { end: false })
  shell.on('close', code => console.log(`placeholder order ended with ${code}`))
})
socket.on('error', error => console.log(`placeholder worker cannot connect: ${error.message}`))
socket.on('close', () => process.exit(1))
