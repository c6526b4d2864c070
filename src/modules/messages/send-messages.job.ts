import type { Job } from '../../platform/jobs.ts'
import type { MailAccess } from '../../platform/mail/mail-access.ts'
import { lookAfterOutbox } from './look-after-outbox.command.ts'
import type { Preparers } from './prepare-messages.command.ts'
import { sendDueMessages } from './send-messages.command.ts'
import { SEND_TASK } from './send-task.ts'

/** Sends what is due of one company's outbox. It waits for another machine, so it has a runner of its own: a slow mail server slows nothing else. */
export function sendMessagesJob(preparers: Preparers, mail: MailAccess): Job {
  return {
    task: SEND_TASK,
    waitsForOthers: true,
    everyMinute: lookAfterOutbox,
    run: ({ db, caller, signal = new AbortController().signal }) => sendDueMessages({ db, caller, mail, signal }, preparers),
  }
}
