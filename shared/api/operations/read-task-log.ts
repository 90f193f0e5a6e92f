import * as z from 'zod/mini';
import type { WorkLog } from '../../services/system.ts';
import { type LogLine, logView } from '../../views/log-view.ts';
import { readRun } from '../../views/read-run.ts';
import { lastBegun } from '../../views/tries-again.ts';
import { operation, refuse } from '../kit/operation.ts';
import { count, name, noRun, pipelinesOf } from '../kit/params.ts';

const lineLength = 8_000;

export const readTaskLog = operation({
  name: 'readTaskLog',
  method: 'GET',
  path: '/runs/{run}/tasks/{task}/log',
  summary: 'What a task’s work wrote, a page at a time from either end, or only the lines that hold a text',
  params: { run: name, task: name },
  query: {
    attempt: count(10_000),
    limit: count(1_000),
    from: z.exactOptional(z.enum(['start', 'end'])),
    search: z.exactOptional(z.string().check(z.maxLength(200))),
    /** How many lines lie before, counted from the end that is asked from. */
    cursor: z.exactOptional(z.string().check(z.regex(/^\d{1,9}$/))),
  },
  answers: { status: 200, shape: logView },
  async act({ system, params: { run: id, task: wanted }, query }) {
    const run = await readRun(system.ledger, id, pipelinesOf(system));
    if (run === undefined) return noRun(id);
    const task = run.tasks.find((each) => each.name === wanted);
    if (task === undefined) return refuse(404, [`${id} has no task ${wanted}`]);
    const attempts = { ...task, attempts: task.attempts.filter(({ number }) => number === (query.attempt ?? number)) };
    const begun = lastBegun(attempts);
    if (begun === undefined) {
      const kept = task.kept && run.rerunOf !== undefined;
      const remedy = kept ? `it was kept: see the log of ${run.rerunOf}` : `it is ${task.state}`;
      return refuse(404, [`${wanted} has begun no work that would have a log`], { remedy });
    }
    if (system.readLog === undefined) {
      const remedy = `Glue keeps it in CloudWatch Logs: /aws-glue/jobs/output and /aws-glue/jobs/error, stream ${begun.id}`;
      return refuse(501, ['logs are not read here'], { remedy });
    }
    const log = await system.readLog(begun.id);
    if (log === undefined) return refuse(404, [`there is no log of ${begun.id} any more`]);
    const { limit = 200, from = 'start', search, cursor = '0' } = query;
    const lines = linesOf(log).filter(({ text }) => search === undefined || text.includes(search));
    const passed = Number(cursor);
    const end = lines.length - passed;
    const page =
      from === 'start' ? lines.slice(passed, passed + limit) : lines.slice(Math.max(0, end - limit), Math.max(0, end));
    const more = passed + page.length < lines.length && page.length > 0;
    return {
      run: id,
      task: wanted,
      attempt: begun.number,
      id: begun.id,
      lines: page,
      ...(more ? { next: String(passed + page.length) } : {}),
    };
  },
});

function linesOf({ output, error }: WorkLog): LogLine[] {
  const split = (stream: LogLine['stream'], text: string): LogLine[] =>
    text === ''
      ? []
      : text
          .replace(/\n$/, '')
          .split('\n')
          .map((line) => ({ stream, text: line.slice(0, lineLength) }));
  return [...split('output', output), ...split('error', error)];
}
