import { systemClock } from '../machinery/host/clock.ts'
import { createLog } from '../machinery/host/log.ts'
import { Fault } from '../wire/fault.ts'
import { testPackages } from './host-packages.ts'
import { provideKubectl } from './kubectl.ts'
import { installPackages } from './setup.ts'

/** `make test` begins with this: what the tests need of the machine is there afterwards. */
const log = createLog(systemClock, ({ level, sentence, facts }) => {
  if (level === 'debug') return
  const more = Object.entries(facts).map(([name, value]) => `${name}=${value}`)
  process.stdout.write(`${[sentence, ...more].join(' ')}\n`)
})

try {
  await installPackages({ packages: testPackages(), log })
  await provideKubectl('.cache', log)
} catch (fault) {
  if (!(fault instanceof Fault)) throw fault
  process.stderr.write(`the tests cannot be prepared: ${fault.message}\n`)
  process.exitCode = 1
}
