import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { backup } from '../../src/platform/backup/backup.ts'
import { openInstallation } from '../../src/platform/installation.ts'
import type { Command } from './command.ts'

/** Works while the program runs: it joins the embedded server, or starts it for the time of the backup. */
export const backupCommand: Command = {
  name: 'backup',
  summary: 'writes everything, as of one instant, into one checksummed file; work may go on meanwhile',
  args: ['FILE'],
  options: {},
  run: async ({ args: [file = ''], config, from, say }) => {
    const target = resolve(from, file)
    const installation = await openInstallation(config, say)
    try {
      const manifest = await backup(target, {
        ownerUrl: installation.ownerUrl,
        keyId: installation.secrets.keyId,
        program: programVersion(),
        now: new Date(),
      })
      const rows = manifest.tables.reduce((sum, table) => sum + BigInt(table.rows), 0n)
      return {
        lines: [
          `${target}: ${rows} rows of ${manifest.tables.length} tables, as of ${manifest.createdAt}, checked.`,
          `Keep a copy of ${join(config.dataDir, 'secret.key')} apart from it: the file is not in the backup, and a restore needs it (key ${manifest.keyId}).`,
        ],
        data: { file: target, rows: String(rows), ...manifest },
      }
    } finally {
      await installation.stop()
    }
  },
}

function programVersion(): string {
  return (JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as { version: string }).version
}
