/** Of the rows of ar.runs that are runs of dunning. */
export const RUN_KIND = 'dunning'
/** The job that works one off. */
export const RUN_TASK = 'dunning.run'
