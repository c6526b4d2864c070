import { createHash } from 'node:crypto'
import { uuid } from '../../kernel/uuid.ts'
import type { Tx } from '../../platform/db.ts'
import type { Row } from '../../platform/write-set.ts'

const PIECE_BYTES = 1024 * 1024

export function insertSchedule(tx: Tx, schedule: Row): void {
  tx.insert('report_schedules', [{ ...schedule, createdBy: tx.caller.actorId, createdAt: tx.at }])
}

/** What a person may change of a schedule. */
export function updateSchedule(tx: Tx, schedule: Row & { id: string; version: number }): void {
  const set = ['name', 'query', 'period', 'cadence', 'onDay', 'atHour', 'people', 'attach']
  tx.update('report_schedules', [schedule], { set, expect: ['version'] })
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
      status: 'running',
      params: { scheduleId, day: tx.today },
      createdBy: tx.caller.actorId,
    },
  ])
}

/** What came of it: to whom it was written, and to whom not and why. */
export function finishScheduleRun(tx: Tx, scheduleId: string, day: string, result: Row): void {
  const run = { kind: 'reportSchedule', businessKey: `${scheduleId} ${day}`, status: 'done', result, finishedAt: tx.at }
  tx.update('runs', [run], { match: ['kind', 'businessKey'], set: ['status', 'result', 'finishedAt'] })
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
