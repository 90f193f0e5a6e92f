import type { MapRunStatus } from '../frames/command.ts';
import type { MapRunPhase } from '../frames/execution.ts';
import type { Turn } from '../frames/turn.ts';

/** The Map Run, as DescribeMapRun shows it, is over. */
export function endMapRun(turn: Turn, { mapRunArn }: MapRunPhase, status: Exclude<MapRunStatus, 'RUNNING'>): void {
  turn.notices.push({ kind: 'map-run', mapRunArn, at: turn.now, status });
}
