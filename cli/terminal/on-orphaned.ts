const lookMilliseconds = 500;
/** As early as possible, because the parent may end before anybody asks. */
const parent = process.ppid;

/**
 * Calls the action when npx or npm, which started this process, has ended: its signals do not always arrive here.
 * Processes that a shell started may outlive it (`nohup`).
 *
 * @returns a function that cancels this
 */
export function onOrphaned(action: () => void): () => void {
  if (process.env.npm_command === undefined || parent === 1) return () => undefined;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    action();
  }, lookMilliseconds);
  timer.unref();
  return () => clearInterval(timer);
}
