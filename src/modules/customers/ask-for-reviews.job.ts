import type { Job } from '../../platform/jobs.ts'
import { askForReviews, REVIEWS_MOST } from './ask-for-reviews.command.ts'

const ROUNDS_MOST = 1_000

/** Once a tenant's day. May run twice. */
export const askForReviewsJob: Job = {
  task: 'customers.askForReviews',
  isDaily: true,
  run: async ({ db, caller }) => {
    for (let round = 0; round < ROUNDS_MOST; round += 1) if ((await db.transaction(caller, askForReviews)) < REVIEWS_MOST) return
  },
}
