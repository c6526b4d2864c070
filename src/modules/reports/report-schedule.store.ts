import { createHash } from 'node:crypto'
import { uuid } from '../../kernel/uuid.ts'
import type { Tx } from '../../platform/db.ts'
import type { Row } from '../../platform/write-set.ts'

const PIECE_BYTES = 1024 * 1024

export function insertSchedule(tx: Tx, schedule: Row): void {
  tx.insert('report_schedules', [{ ...schedule, createdBy: tx.caller.actorId, createdAt: tx.at }])
}

export function markEnded(tx: Tx, schedule: { id: string; version: number }): void {
  tx.update('report_schedules', [{ ...schedule, status: 'ended' }], { set: ['status'], expect: ['version'] })
}

/** One row a schedule and day: it goes out once, however many clocks look. */
export function insertScheduleRun(tx: Tx, scheduleId: string): void {
  tx.insert('runs', [
    {
      id: uuid(),
      kind: 'reportSchedule',
      businessKey: `${scheduleId} ${tx.today}`,
      status: 'done',
      params: { scheduleId, day: tx.today },
      createdBy: tx.caller.actorId,
      finishedAt: tx.at,
    },
  ])
}

/** A file that only `personId` may open. */
export function insertReportFile(
  tx: Tx,
  file: { id: string; name: string; contentType: string; scheduleId: string; personId: string },
  content: Buffer,
): void {
  const { id, name, contentType, scheduleId, personId } = file
  const sha256 = createHash('sha256').update(content).digest()
  tx.insert('files', [
    {
      id,
      name,
      contentType,
      sha256,
      purpose: 'result',
      entity: 'reportSchedule',
      entityId: scheduleId,
      size: content.length,
      createdBy: personId,
    },
  ])
  tx.insert(
    'file_pieces',
    Array.from({ length: Math.max(1, Math.ceil(content.length / PIECE_BYTES)) }, (_, piece) => ({
      fileId: id,
      piece,
      content: content.subarray(piece * PIECE_BYTES, (piece + 1) * PIECE_BYTES),
    })),
  )
}
