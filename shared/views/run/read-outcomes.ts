import { present } from '../../json.ts';
import type { Outcomes } from '../../protocol/outcome.ts';
import { endedOutcomes, type TaskFacts } from '../../runs/run/run-outcomes.ts';
import type { System } from '../../services/system.ts';
import { definitionOf } from './definition-of.ts';
import { type RunRecords, readRunRecords } from './read-run-records.ts';

/** How each task of a run that has ended came to its end, outputs included. */
export async function readOutcomes(system: Pick<System, 'ledger' | 'catalog'>, id: string): Promise<Outcomes> {
  const known = await readRunRecords(system, id);
  return known === undefined ? {} : outcomesOf(system, known);
}

export async function outcomesOf(
  { ledger, catalog }: Pick<System, 'ledger' | 'catalog'>,
  known: RunRecords,
): Promise<Outcomes> {
  const pipelines = catalog.pipelines.map(({ pipeline }) => pipeline);
  const { pipeline, exact } = await definitionOf(ledger, known.run, pipelines);
  return endedOutcomes(pipeline?.tasks ?? [], factsOf(known, exact));
}

/** What the ledger knows of a run's tasks. */
export function factsOf({ run, tasks, keep }: RunRecords, exact: boolean): Omit<TaskFacts, 'over'> {
  const records = new Map(tasks.map((record) => [record.task, record]));
  return { records, keep, ...present({ lost: run.finished?.lost }), ...(exact ? {} : { inexact: true }) };
}
