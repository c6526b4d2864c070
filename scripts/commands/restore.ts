import { join, resolve } from 'node:path'
import { restore } from '../../src/platform/backup/restore.ts'
import { openInstallation } from '../../src/platform/installation.ts'
import { hasKeyFile } from '../../src/platform/secrets.ts'
import { StartRefused } from '../../src/platform/start-refused.ts'
import type { Command } from './command.ts'

/** Into an empty installation (another data folder, or an empty database at DATABASE_URL), while the program does not run. */
export const restoreCommand: Command = {
  name: 'restore',
  summary: 'brings a backup into an empty installation: all of it or nothing; sending is off afterwards',
  args: ['FILE'],
  options: {},
  run: async ({ args: [file = ''], config, from, say }) => {
    if (!hasKeyFile(config.dataDir))
      throw new StartRefused(
        `A restore needs the secret key that the backup was made with: copy secret.key of the old data folder to ${join(config.dataDir, 'secret.key')}, then restore again.`,
      )
    const installation = await openInstallation(config, say)
    try {
      const manifest = await restore(resolve(from, file), { ownerUrl: installation.ownerUrl, keyId: installation.secrets.keyId })
      await installation.prepare()
      const rows = manifest.tables.reduce((sum, table) => sum + BigInt(table.rows), 0n)
      return {
        lines: [
          `${rows} rows restored, as of ${manifest.createdAt}.`,
          'Sending is switched off in every company: switch it on in the settings when this copy is to be the one that works.',
        ],
        data: { rows: String(rows), ...manifest },
      }
    } finally {
      await installation.stop()
    }
  },
}
