const zones: ReadonlySet<string> = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC'])

/** The IANA zones that a company may live in. */
export const timeZones: readonly string[] = [...zones].sort()

export function isTimeZone(name: string): boolean {
  return zones.has(name)
}
