import type { System } from '../../services/system.ts';

const badEnds: ReadonlySet<string> = new Set(['FAILED', 'TIMED_OUT', 'ABORTED', 'gone']);

/** Logs that an execution ended badly, which a metric counts. `status`: Step Functions' own, or `gone`. */
export function tellBadEnd({ log }: Pick<System, 'log'>, run: string, machine: string, status: string): void {
  if (badEnds.has(status)) log({ message: 'execution ended badly', level: 'warning', run, machine, status });
}
