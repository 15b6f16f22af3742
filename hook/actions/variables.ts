import { ActionFault } from './fault.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** The environment of an action, asked one variable at a time; what is wrong with one is said with its name and value. */
export class Variables {
  readonly #env: Environment

  constructor(env: Environment) {
    this.#env = env
  }

  /** Undefined when it is missing or empty. */
  text(name: string): string | undefined {
    return this.#env[name] || undefined
  }

  required(name: string): string {
    const value = this.text(name)
    if (value === undefined) throw new ActionFault('action/variable', `${name} is not set`)
    return value
  }

  /** As Go's strconv.ParseBool reads it. */
  flag(name: string, missing: boolean): boolean
  flag(name: string): boolean | undefined
  flag(name: string, missing?: boolean): boolean | undefined {
    const value = this.text(name)
    if (value === undefined) return missing
    if (/^(1|t|true)$/i.test(value)) return true
    if (/^(0|f|false)$/i.test(value)) return false
    throw new ActionFault('action/variable', `${name} is "${value}": true or false is wanted`)
  }

  /** A whole number. */
  count(name: string, missing: number): number {
    const value = this.text(name)
    if (value === undefined) return missing
    if (!/^\d{1,10}$/.test(value)) throw new ActionFault('action/variable', `${name} is "${value}": a number is wanted`)
    return Number(value)
  }

  /** Permission bits in octal, as `0644`. */
  mode(name: string, missing: number): number {
    const value = this.text(name)
    if (value === undefined) return missing
    if (!/^(0o?)?[0-7]{1,4}$/.test(value)) {
      throw new ActionFault('action/variable', `${name} is "${value}": octal permission bits such as 0644 are wanted`)
    }
    return Number.parseInt(value.replace('o', ''), 8)
  }

  /** A word of harmless letters, such as a file system's name. */
  word(name: string): string | undefined {
    const value = this.text(name)
    if (value === undefined || /^[A-Za-z0-9._-]+$/.test(value)) return value
    throw new ActionFault('action/variable', `${name} is "${value}": a plain word is wanted`)
  }

  /** An absolute path. */
  path(name: string): string {
    const value = this.required(name)
    if (value.startsWith('/') && !value.includes('\0')) return value
    throw new ActionFault('action/variable', `${name} is "${value}": an absolute path is wanted`)
  }
}
