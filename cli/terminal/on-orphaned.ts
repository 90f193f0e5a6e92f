const lookMilliseconds = 500;
/** As early as can be: it may end before anybody asks to be told. */
const parent = process.ppid;

/**
 * Calls the action when npx or npm, by which this process was started, has ended: a signal to them does not always come
 * here. What was started by a shell may outlive it (`nohup`).
 *
 * @returns what takes that back
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
