const RANKS = ['alpha', 'beta', ''] // the released ones last, as the highest
const VERSION = /^v(\d+)(?:(alpha|beta)(\d+))?$/

/** Orders versions with the preferred one first: v2, v1, v1beta2, v1alpha1, then by name (apimachinery `pkg/version`). */
export function byPreference(one: string, other: string): number {
  const [a, b] = [VERSION.exec(one), VERSION.exec(other)]
  if (!a && !b) return one < other ? -1 : one > other ? 1 : 0
  if (!a || !b) return a ? -1 : 1
  const rank = RANKS.indexOf(b[2] ?? '') - RANKS.indexOf(a[2] ?? '')
  return rank || Number(b[1]) - Number(a[1]) || Number(b[3] ?? 0) - Number(a[3] ?? 0)
}
