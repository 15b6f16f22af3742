import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire'
import { Client, credentials } from '@grpc/grpc-js'
import { COLLECTION, hardwareNamed } from './hardware.ts'
import type { Target } from './target.ts'

// The little of etcd's API that is needed (etcd v3.4, etcdserver/etcdserverpb/rpc.proto and mvcc/mvccpb/kv.proto).
const PUT = { path: '/etcdserverpb.KV/Put', key: 1, value: 2 }
const RANGE = { path: '/etcdserverpb.KV/Range', key: 1, end: 2, kvs: 2, value: 5 }

/** etcd over gRPC. */
export function etcdTarget(address: string): Target {
  const client = new Client(address, credentials.createInsecure(), { 'grpc.max_receive_message_length': -1 })
  const call = (path: string, message: Uint8Array) =>
    new Promise<Buffer>((resolve, reject) => {
      client.makeUnaryRequest(path, Buffer.from, same, message, (error, answer) =>
        answer ? resolve(answer) : reject(error),
      )
    })
  const range = async (key: string, end = '') =>
    valuesIn(await call(RANGE.path, message({ [RANGE.key]: key, [RANGE.end]: end })))
  return {
    create: async (name, json) => void (await call(PUT.path, message({ [PUT.key]: keyOf(name), [PUT.value]: json }))),
    touch: async name =>
      void (await call(PUT.path, message({ [PUT.key]: keyOf(name), [PUT.value]: hardwareNamed(name) }))),
    get: async name => (await range(keyOf(name)))[0]?.length ?? 0,
    async list() {
      const values = await range(keyOf(''), keyOf('~'))
      return { count: () => values.length }
    },
    [Symbol.dispose]: () => client.close(),
  }
}

function keyOf(name: string): string {
  return `${COLLECTION}/${name}`
}

function same(bytes: Buffer): Buffer {
  return bytes
}

function message(fields: Readonly<Record<number, string>>): Uint8Array {
  const writer = new BinaryWriter()
  for (const [field, text] of Object.entries(fields)) {
    if (text) writer.tag(Number(field), WireType.LengthDelimited).string(text)
  }
  return writer.finish()
}

function valuesIn(answer: Buffer): Uint8Array[] {
  return fieldsOf(answer, RANGE.kvs).flatMap(pair => fieldsOf(pair, RANGE.value))
}

function fieldsOf(bytes: Uint8Array, wanted: number): Uint8Array[] {
  const reader = new BinaryReader(bytes)
  const found: Uint8Array[] = []
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag()
    if (field === wanted) found.push(reader.bytes())
    else reader.skip(type)
  }
  return found
}
