import type { MapRunStatus } from '../../frames/command.ts';
import type { MapRunPhase } from '../../frames/execution.ts';
import type { Turn } from '../../frames/turn.ts';

/** The status of an ended Map Run, as DescribeMapRun returns it. */
export function endMapRun(turn: Turn, { mapRunArn }: MapRunPhase, status: Exclude<MapRunStatus, 'RUNNING'>): void {
  turn.notices.push({ kind: 'map-run', mapRunArn, at: turn.now, status });
}
