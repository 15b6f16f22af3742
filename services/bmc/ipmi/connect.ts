import { Writer } from '../../../wire/bytes.ts'
import {
  type AuthCapabilities,
  CIPHER_LIST_STEP,
  type Command,
  getAuthCapabilities,
  getCipherSuites,
  setSessionPrivilege,
} from '../../../wire/ipmi/command.ts'
import type { Privilege } from '../../../wire/ipmi/handshake.ts'
import { decodeResponse, encodeRequest } from '../../../wire/ipmi/message.ts'
import { encodeOld } from '../../../wire/ipmi/packet.ts'
import { SUITES, type Suite, suiteIds } from '../../../wire/ipmi/suite.ts'
import { PowerFault } from '../fault.ts'
import { type Answer, answerTo } from './answer.ts'
import { type Exchange, WAITS } from './exchange.ts'
import { type Cryptography, openSession, type Proposal } from './handshake.ts'
import { Session } from './session.ts'

/** The list of suites is a courtesy: a BMC that keeps silent about it costs no more than this. */
const COURTESY = [500, 1000] as const
const MOST_LISTS = 8
/** A lost packet may leave both sides with different nonces; then the handshake starts over. */
const HANDSHAKES = 3
const PRIVILEGES: readonly Privilege[] = ['administrator', 'operator']

type Who = Omit<Proposal, 'suite' | 'privilege'> & { readonly cipherSuite: string | undefined }

/** Finds out what the BMC speaks and opens the best session it offers: suite 17 before 3, administrator before operator. */
export async function connectSession(exchange: Exchange, who: Who, crypto: Cryptography): Promise<Session> {
  const wanted = wantedSuites(who)
  const { rmcpPlus } = await capabilities(exchange)
  if (!rmcpPlus) throw new PowerFault('bmc/unsupported', `the BMC ${who.facts.host} speaks no IPMI 2.0`, who.facts)
  const suites = who.cipherSuite ? wanted : await offered(exchange, wanted)
  const attempts = suites.flatMap(suite => PRIVILEGES.map(privilege => ({ suite, privilege })))
  let last: PowerFault | undefined
  for (const { suite, privilege } of attempts) {
    if (last?.code === 'bmc/unsupported' && last.facts.suite === suite.id) continue // no privilege would mend that
    try {
      return await open(exchange, { ...who, suite, privilege }, crypto)
    } catch (thrown) {
      last = PowerFault.from(thrown)
      if (last.code !== 'bmc/unsupported' && last.code !== 'bmc/forbidden') throw last
    }
  }
  throw (
    last ?? new PowerFault('bmc/unsupported', `the BMC ${who.facts.host} offers no cipher suite we speak`, who.facts)
  )
}

async function open(exchange: Exchange, proposal: Proposal, crypto: Cryptography): Promise<Session> {
  const facts = { ...proposal.facts, suite: proposal.suite.id }
  for (let attempt = 1; ; attempt++) {
    try {
      const opened = await openSession(exchange, { ...proposal, facts }, crypto)
      return await raised(new Session({ exchange, opened, random: crypto.random, facts }), proposal.privilege)
    } catch (thrown) {
      const fault = PowerFault.from(thrown)
      if (fault.cure !== 'retry' || fault.facts.step === 'Open Session' || attempt === HANDSHAKES) throw fault
    }
  }
}

/** A session starts with the rights of a user. §6.8 */
async function raised(session: Session, privilege: Privilege): Promise<Session> {
  try {
    await session.run(setSessionPrivilege(privilege))
    return session
  } catch (fault) {
    await session.close()
    throw fault
  }
}

function wantedSuites({ cipherSuite, facts }: Who): readonly Suite[] {
  if (!cipherSuite) return SUITES
  const suite = SUITES.find(({ id }) => String(id) === cipherSuite.trim())
  if (suite) return [suite]
  const known = SUITES.map(({ id }) => id).join(' and ')
  throw new PowerFault('bmc/unsupported', `cipherSuite "${cipherSuite}" is not spoken; ${known} are`, facts)
}

async function capabilities(exchange: Exchange): Promise<AuthCapabilities> {
  const answer = await askOutside(exchange, getAuthCapabilities, WAITS)
  // One that refuses the question is asked for a session all the same: that refusal says more.
  return 'value' in answer ? answer.value : { channel: 0, rmcpPlus: true }
}

/** The wanted suites that the BMC lists; all of them when it does not say, or lists none of them. */
async function offered(exchange: Exchange, wanted: readonly Suite[]): Promise<readonly Suite[]> {
  const ids = suiteIds(await listed(exchange))
  const both = wanted.filter(({ id }) => ids.includes(id))
  return both.length > 0 ? both : wanted
}

async function listed(exchange: Exchange): Promise<Uint8Array> {
  const records = new Writer()
  try {
    for (let index = 0; index < MOST_LISTS; index++) {
      const answer = await askOutside(exchange, getCipherSuites(index), COURTESY)
      if (!('value' in answer)) break
      records.bytes(answer.value)
      if (answer.value.length < CIPHER_LIST_STEP) break
    }
  } catch (thrown) {
    PowerFault.from(thrown) // silence: the suites are then found by trying
  }
  return records.done()
}

/** A command outside any session, in the packet of IPMI 1.5. §13.14 */
function askOutside<T>(exchange: Exchange, command: Command<T>, waits: readonly number[]): Promise<Answer<T>> {
  const bytes = encodeOld(encodeRequest({ ...command.request, sequence: 0 }))
  return exchange.ask({
    what: command.name,
    packet: () => bytes,
    answer: packet => {
      return packet.version === '1.5' ? answerTo(command, decodeResponse(packet.payload)) : undefined
    },
    waits,
  })
}
