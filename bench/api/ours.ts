import type { IncomingMessage } from 'node:http'
import { Agent, request } from 'node:https'
import { loadKubeconfig } from '../../machinery/api/remote/kubeconfig.ts'
import { COLLECTION, SENT } from './hardware.ts'
import type { Target } from './target.ts'

/** Our API over HTTPS, as the administrator of a kubeconfig: one connection a client, kept open. */
export function ourTarget(kubeconfig: string): Target {
  const { server, authority: ca, certificate: cert, key } = loadKubeconfig(kubeconfig)
  const agent = new Agent({ keepAlive: true, ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) })
  const { hostname, port } = new URL(server)
  const call = (method: string, path: string, body?: string) =>
    new Promise<Buffer>((resolve, reject) => {
      const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json'
      const content = body && { 'content-type': type, 'content-length': Buffer.byteLength(body) }
      const headers = { accept: 'application/json', ...content }
      const sent = request({ agent, hostname, port, method, path, headers }, response =>
        answerOf(response).then(resolve, reject),
      )
      sent.once('error', reject)
      sent.end(body)
    })
  return {
    create: async (_, json) => void (await call('POST', COLLECTION, json)),
    async touch(name) {
      const sent = (performance.timeOrigin + performance.now()).toFixed(3)
      await call('PATCH', `${COLLECTION}/${name}`, JSON.stringify({ metadata: { annotations: { [SENT]: sent } } }))
    },
    get: async name => (await call('GET', `${COLLECTION}/${name}`)).length,
    async list() {
      const bytes = await call('GET', COLLECTION)
      return { count: () => countOf(bytes) }
    },
    [Symbol.dispose]: () => agent.destroy(),
  }
}

async function answerOf(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk)
  const body = Buffer.concat(chunks)
  if (response.statusCode === undefined || response.statusCode > 299) throw new Error(`${response.statusCode}: ${body}`)
  return body
}

const UID = Buffer.from('"uid":"')

function countOf(list: Buffer): number {
  let count = 0
  for (let at = list.indexOf(UID); at >= 0; at = list.indexOf(UID, at + UID.length)) count++
  return count
}
