/** Modules that a company may do without. Switching one off closes its pages and its API; what it has booked stays, and bookings that belong to it go on. */
export const optionalModules = ['products', 'credit', 'orders', 'vouchers', 'imports'] as const
export type OptionalModule = (typeof optionalModules)[number]

/** A module that is wanted needs these too. */
const needs: Readonly<Partial<Record<OptionalModule, readonly OptionalModule[]>>> = { orders: ['products'] }

/** The first module that is wanted though one that it needs is off. */
export function lacking(off: readonly OptionalModule[]): { module: OptionalModule; needs: OptionalModule } | undefined {
  for (const module of optionalModules) {
    const missing = off.includes(module) ? undefined : needs[module]?.find((needed) => off.includes(needed))
    if (missing) return { module, needs: missing }
  }
  return undefined
}
