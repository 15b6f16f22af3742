/** A message of which the members may be changed, but not what they hold. */
export type Draft = Record<string, unknown>
/** Fills in what is meant where nothing is said. */
export type Preset = (draft: Draft) => void

/** Members that are filled in when they are absent, empty text or zero: Go's zero says nothing. */
export function preset(values: Readonly<Record<string, unknown>>): Preset {
  return draft => {
    for (const [name, value] of Object.entries(values)) {
      const said = draft[name]
      if (said === undefined || said === null || said === '' || said === 0) draft[name] = structuredClone(value)
    }
  }
}
