/** `runs.deadline`, in seconds. */
export const defaultDeadline = 24 * 3600;

/** Seconds between the first try of a task and the second. */
export const defaultRetryDelay = 30;
