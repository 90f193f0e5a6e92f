import { toScheduled } from '../../shared/actors/schedule-actor.ts';
import { scheduleKey, slotsKey } from '../../shared/ledger/ledger-keys.ts';
import type { Pipeline } from '../../shared/model/pipeline.ts';
import { isPaused, slotsRecord } from '../../shared/runs/slots/slots.ts';
import { intervalAt } from '../../shared/time/interval.ts';
import { nextTimes, timesOf } from '../../shared/time/next-times.ts';
import { formatInstant } from '../../shared/time/zone.ts';
import { triggersOf } from '../../shared/triggers/kinds/kinds.ts';
import { countsFrom, scheduleRecord } from '../../shared/triggers/schedules/advance-schedule.ts';
import { type OpenLedger, openLedger } from '../open/open-ledger.ts';
import { findPipeline, openProject } from '../open/open-project.ts';
import { table } from '../render/table.ts';
import { addCommand, type JsonOption, printJson, type Register } from '../terminal/cli.ts';
import { CommandError, exitCodes } from '../terminal/command-error.ts';

export const schedule: Register = (program, cli) => {
  addCommand(program, 'schedule', 'what will run when, and for which interval', 'schedule orders-daily --next 10')
    .argument('[pipeline]', 'only its schedules')
    .option('--next <number>', 'so many times of each', '10')
    .action(async (name: string | undefined, options: JsonOption & { next: string }) => {
      const { terminal } = cli;
      const count = Number(options.next);
      if (!Number.isSafeInteger(count) || count < 1 || count > 1000) {
        throw new CommandError(exitCodes.usage, '--next takes a whole number from 1 to 1000');
      }
      const project = await openProject(cli);
      const pipelines = name === undefined ? project.pipelines : [findPipeline(project, name)];
      const open = openLedger(project.home);
      const found = await Promise.all(pipelines.map(({ pipeline }) => scheduledRuns(pipeline, open, count)));
      open?.close();
      const runs = found.flat().sort((one, other) => one.due - other.due);
      if (options.json) return printJson(cli, { runs: runs.map(({ due: _, ...run }) => run) });
      if (runs.length === 0) {
        const any = pipelines.some(({ pipeline }) => triggersOf(pipeline, 'schedule').length > 0);
        if (any) return terminal.out('no schedule is due any more');
        return terminal.out(name === undefined ? 'no pipeline has a schedule' : `${name} has no schedule`);
      }
      const rows = runs.map(({ time, pipeline, trigger, interval, paused }) => [
        time,
        pipeline,
        trigger,
        interval === undefined ? '' : `${interval.start} – ${interval.end}`,
        paused ? terminal.style('yellow', 'paused') : '',
      ]);
      const titles = ['TIME', 'PIPELINE', 'TRIGGER', 'INTERVAL', ''].map((title) => ({ title }));
      terminal.out(table(titles, rows).join('\n'));
    });
};

async function scheduledRuns(pipeline: Pipeline, open: OpenLedger | undefined, count: number) {
  const { name } = pipeline;
  const slots = await open?.ledger.get(slotsKey(name));
  const known = slots === undefined ? undefined : slotsRecord.parse(slots.value);
  const now = Date.now();
  const runs = triggersOf(pipeline, 'schedule').map(async ([trigger, each]) => {
    const item = await open?.ledger.get(scheduleKey(name, trigger));
    const record = item === undefined ? undefined : scheduleRecord.parse(item.value);
    const of = toScheduled(name, trigger, each);
    const times = timesOf(of, countsFrom(record, of, now));
    return nextTimes(times, now, count).map((due) => {
      const interval = each.interval === undefined ? undefined : intervalAt(each, each.interval, due);
      return {
        due,
        time: formatInstant(each.timezone, due),
        pipeline: name,
        trigger,
        paused: isPaused(known, trigger),
        ...(interval === undefined ? {} : { interval }),
      };
    });
  });
  return (await Promise.all(runs)).flat();
}
