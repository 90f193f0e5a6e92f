/** The key, in the settings' bucket, under which an attempt may leave its output. */
export function outputAddress(run: string, task: string, attempt: number): string {
  return `outputs/${run}/${task}-${attempt}.json`;
}
