import type { IncomingMessage } from 'node:http'
import { StringDecoder } from 'node:string_decoder'
import { ApiFault } from '../fault.ts'

const LONGEST = 64 * 1024 * 1024

/** The lines of a stream. Throws when it falls silent for `silence` milliseconds, or is cut off in the middle. */
export async function* linesOf(response: IncomingMessage, silence: number): AsyncGenerator<string, void> {
  response.setTimeout(silence, () => response.destroy(new Error(`nothing was heard for ${silence / 1000} s`)))
  response.socket.setKeepAlive(true, 30_000)
  const decoder = new StringDecoder('utf8')
  let rest = ''
  try {
    for await (const chunk of response) {
      const parts = (rest + decoder.write(chunk)).split('\n')
      rest = parts.pop() ?? ''
      if (rest.length > LONGEST) throw new Error(`a line is longer than ${LONGEST} bytes`)
      for (const line of parts) if (line !== '') yield line
    }
  } catch (error) {
    if (error instanceof ApiFault) throw error
    throw new ApiFault('ServiceUnavailable', `the stream broke: ${error instanceof Error ? error.message : error}`)
  } finally {
    response.destroy()
  }
}
