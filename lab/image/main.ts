import { resolve } from 'node:path'
import { systemClock } from '../../machinery/host/clock.ts'
import { createLog, formatLine } from '../../machinery/host/log.ts'
import { buildOsImage } from './build.ts'

// By hand: node lab/image/main.ts [CACHE-DIR]
const log = createLog(systemClock, line => console.log(formatLine(line)))
console.log(await buildOsImage({ cacheDir: resolve(process.argv[2] ?? '.cache'), log }))
