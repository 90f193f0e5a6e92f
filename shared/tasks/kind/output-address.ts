/** The key, in the stack's bucket, under which an attempt may write its output. */
export function outputAddress(run: string, task: string, attempt: number): string {
  return `outputs/${run}/${task}-${attempt}.json`;
}
