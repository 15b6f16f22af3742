import { systemClock } from '../host/clock.ts'
import { silentLog } from '../host/log.ts'
import { clientContract } from './client.contract.ts'
import { memoryApi } from './simulated.ts'

clientContract('in this process', () => memoryApi({ clock: systemClock, log: silentLog, random: Math.random }))
