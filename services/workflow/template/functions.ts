import { BUILTINS } from './builtins.ts'
import type { Functions } from './function.ts'
import { DEFAULTS } from './sprig/defaults.ts'
import { DICTS } from './sprig/dicts.ts'
import { ENCODING } from './sprig/encoding.ts'
import { LISTS } from './sprig/lists.ts'
import { MATH } from './sprig/math.ts'
import { REGEX } from './sprig/regex.ts'
import { STRINGS } from './sprig/strings.ts'
import { TINKERBELL } from './tinkerbell.ts'

/** Every function of workflow templates; of two with one name the later counts, as with upstream (Sprig's `slice`). */
export const FUNCTIONS: Functions = {
  ...BUILTINS,
  ...STRINGS,
  ...LISTS,
  ...DICTS,
  ...MATH,
  ...DEFAULTS,
  ...ENCODING,
  ...REGEX,
  ...TINKERBELL,
}
