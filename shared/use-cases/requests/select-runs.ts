import { present } from '../../json.ts';
import type { RunStatus } from '../../runs/run/run-record.ts';
import type { System } from '../../services/system.ts';
import { listRuns } from '../../views/runs/list-runs.ts';
import type { RunItem } from '../../views/runs/run-list.ts';

export type Selection = {
  readonly pipeline?: string;
  readonly statuses?: readonly RunStatus[];
  readonly trigger?: string;
  /** When the runs were requested: from then on, and before then. Epoch milliseconds. */
  readonly since?: number;
  readonly until?: number;
  /** A time that the interval contains. */
  readonly within?: number;
};

/** The most runs of one request: on AWS it has half a minute. */
export const mostAtOnce = 50;

/** How many pages of a list are searched for them. */
const mostPages = 25;

/** The runs of a selection, the oldest first. `more`: there may be older ones. */
export async function selectRuns(
  { ledger }: Pick<System, 'ledger'>,
  selection: Selection,
  defaults: readonly RunStatus[],
): Promise<{ readonly runs: readonly RunItem[]; readonly more: boolean }> {
  const { statuses = defaults, ...rest } = selection;
  const runs: RunItem[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < mostPages && runs.length < mostAtOnce; page += 1) {
    const wanted = { ...rest, statuses, limit: mostAtOnce - runs.length, ...present({ cursor }) };
    const found = await listRuns(ledger, wanted);
    runs.push(...found.runs);
    cursor = found.next;
    if (cursor === undefined) break;
  }
  return { runs: runs.toReversed(), more: cursor !== undefined };
}
