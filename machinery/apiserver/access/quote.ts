/** A list as Go prints it with `%q`: `["a" "b"]`. */
export function quoted(list: readonly string[]): string {
  return `[${list.map(one => JSON.stringify(one)).join(' ')}]`
}
