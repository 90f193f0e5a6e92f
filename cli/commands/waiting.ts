import { datasetTriggers } from '../../shared/actors/publish-datasets.ts';
import type { Ledger } from '../../shared/ledger/ledger.ts';
import { waitingKey, waitingPartition } from '../../shared/ledger/ledger-keys.ts';
import { missingOf } from '../../shared/triggers/datasets/advance-waiting.ts';
import { type WaitingRecord, waitingRecord } from '../../shared/triggers/datasets/waiting-record.ts';
import { openLedger } from '../open/open-ledger.ts';
import { findPipeline, openProject } from '../open/open-project.ts';
import { table } from '../render/table.ts';
import { timestamp } from '../render/timestamp.ts';
import { addCommand, type JsonOption, printJson, type Register } from '../terminal/cli.ts';

export const waiting: Register = (program, cli) => {
  addCommand(program, 'waiting', 'what each pipeline waits for that is started by datasets', 'waiting report')
    .argument('[pipeline]', 'only its triggers')
    .action(async (name: string | undefined, options: JsonOption) => {
      const { terminal } = cli;
      const project = await openProject(cli);
      const pipelines = name === undefined ? project.pipelines : [findPipeline(project, name)];
      const open = openLedger(project.home);
      const records = open === undefined ? [] : await openRecords(open.ledger);
      open?.close();
      const found = pipelines
        .flatMap(({ pipeline }) => datasetTriggers(pipeline))
        .flatMap(({ pipeline, trigger, of }) => {
          const known = records.filter((record) => record.pipeline === pipeline && record.trigger === trigger);
          const begun = known.length > 0 ? known : [undefined];
          return begun.map((record) => {
            const { have = {}, interval, deadlineAt } = record ?? {};
            return {
              pipeline,
              trigger,
              ...(interval === undefined ? {} : { interval }),
              has: Object.keys(have),
              missing: missingOf({ have }, of),
              optional: (of.optional ?? []).filter((dataset) => have[dataset] === undefined),
              ...(deadlineAt === undefined ? {} : { deadlineAt }),
            };
          });
        });
      if (options.json) return printJson(cli, { waiting: found });
      if (found.length === 0) {
        return terminal.out(
          name === undefined ? 'no pipeline is started by datasets' : `${name} is not started by datasets`,
        );
      }
      const rows = found.map(({ pipeline, trigger, interval, has, missing, optional, deadlineAt }) => [
        `${pipeline}.${trigger}`,
        interval === undefined ? '' : `${interval.start} – ${interval.end}`,
        has.join(', '),
        [...missing, ...optional.map((dataset) => `${dataset} (optional)`)].join(', '),
        deadlineAt === undefined ? '' : timestamp(deadlineAt),
      ]);
      const titles = ['TRIGGER', 'INTERVAL', 'THERE', 'WAITS FOR', 'BY'].map((title) => ({ title }));
      terminal.out(table(titles, rows).join('\n'));
    });
};

async function openRecords(ledger: Ledger): Promise<WaitingRecord[]> {
  const records: WaitingRecord[] = [];
  let from: string | undefined;
  do {
    const page = await ledger.list(waitingPartition, from === undefined ? {} : { from });
    for (const { value } of page.items) {
      const key = waitingKey(String(value.pipeline), String(value.trigger), String(value.key));
      const item = await ledger.get(key);
      if (item !== undefined) records.push(waitingRecord.parse(item.value));
    }
    from = page.next;
  } while (from !== undefined);
  return records;
}
