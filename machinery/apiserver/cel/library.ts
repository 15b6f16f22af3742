import { type Functions, functionsOf } from './function.ts'
import { ADDRESSES } from './library/addresses.ts'
import { CONVERSIONS } from './library/conversions.ts'
import { FORMATS_TABLE } from './library/formats.ts'
import { LISTS } from './library/lists.ts'
import { OPERATORS } from './library/operators.ts'
import { OPTIONALS } from './library/optionals.ts'
import { QUANTITIES } from './library/quantity.ts'
import { STRINGS } from './library/strings.ts'
import { TIMES } from './library/times.ts'
import { URLS } from './library/urls.ts'

/** Every function that an expression may call (k8s.io/apiserver `pkg/cel/environment` of v1.32, but for authorization). */
export const FUNCTIONS: Functions = functionsOf(
  OPERATORS,
  CONVERSIONS,
  TIMES,
  STRINGS,
  LISTS,
  OPTIONALS,
  QUANTITIES,
  ADDRESSES,
  URLS,
  FORMATS_TABLE,
)
