import { createServer } from 'node:http'

// A web server that breaks its word: `node bad-images.ts ADDRESS PORT`. Run inside the lab's namespace, where machines
// can reach it; prints a line once it serves.

const LENGTH = 8 * 1024 * 1024
const HALF = Buffer.alloc(LENGTH / 2, 0x5a)

const [address, port] = process.argv.slice(2)

const server = createServer((_, response) => {
  // Announces the whole and hangs up in the middle, every time.
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': LENGTH })
  response.write(HALF, () => response.destroy())
})
server.listen(Number(port), address, () => console.log('serving'))
