import { z } from 'zod'
import { StartRefused } from '../start-refused.ts'
import { readArchive } from './archive.ts'

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const Count = z.string().regex(/^\d+$/)
const Name = z.string().min(1)

/** The last record of a backup: what it holds, and what must be true once it is restored. */
export const Manifest = z.strictObject({
  program: Name,
  createdAt: z.iso.datetime(),
  /** Which secret.key the encrypted values need. */
  keyId: Name,
  migrations: z.array(z.strictObject({ name: Name, checksum: Sha256 })),
  tables: z.array(z.strictObject({ schema: Name, name: Name, columns: z.array(Name), rows: Count, sha256: Sha256 })),
  sequences: z.array(z.strictObject({ schema: Name, name: Name, value: z.string().regex(/^-?\d+$/), isCalled: z.boolean() })),
})
export type Manifest = z.infer<typeof Manifest>

/** Reads the whole file, checks every checksum in it and returns its manifest. Refuses (`StartRefused`) a file that is damaged, cut short or newer. */
export async function checkBackup(file: string): Promise<Manifest> {
  const digests = new Set<string>()
  const manifest = await readArchive(file, async (name, content) => {
    digests.add(name)
    for await (const _ of content);
  })
  const found = Manifest.safeParse(manifest)
  if (!found.success) throw new StartRefused(`The backup ${file} was made by a newer Huikuan: restore it with that version.`)
  const { tables } = found.data
  if (tables.length !== digests.size || !tables.every((table) => digests.has(partName(table))))
    throw new StartRefused(`The backup ${file} is damaged: its parts and its list of them differ.`)
  return found.data
}

export function partName(table: { schema: string; name: string }): string {
  return `${table.schema}.${table.name}`
}
