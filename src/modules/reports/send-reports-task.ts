/** The job that writes the mails of a report schedule and puts them into the outbox. */
export const SEND_REPORTS_TASK = 'reports.sendScheduled'
