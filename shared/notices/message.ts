import type { Occasion } from '../model/channel.ts';
import type { Interval } from '../model/pipeline.ts';
import type { Gathered } from './gather.ts';

/** A notification as people read it. */
export type Message = {
  /** One line, up to 100 characters. */
  readonly title: string;
  readonly lines: readonly string[];
  /** The last lines of the failed task's log. */
  readonly log: readonly string[];
  /** What happens next, and what to do. */
  readonly next: readonly string[];
  readonly link?: string;
  /** Notifications of one run or pipeline belong together. */
  readonly thread: string;
};

/** What is known of one run. */
export type RunFacts = {
  /** Why it failed, is late, or waits. */
  readonly sentence: string;
  readonly interval?: Interval;
  /** The failing tasks, each in a sentence. */
  readonly tasks: readonly string[];
  readonly log: readonly string[];
  readonly link?: string;
  /** When a schedule next starts the pipeline, ISO 8601. */
  readonly nextTime?: string;
};

const titleLength = 100;
/** Of one line: a run may have a thousand failed tasks, and chats refuse long messages. */
const lineLength = 500;

/** One notice, with the run's details. */
export function messageOf(stack: string, { latest }: Gathered, facts: RunFacts): Message {
  const { occasion, pipeline, run, task } = latest;
  const { interval, sentence, tasks, log, link } = facts;
  const period = interval === undefined ? '' : `, interval ${interval.start} to ${interval.end}`;
  return {
    title: cut(`${pipeline} ${verbs[occasion]}${task === undefined ? '' : `: ${task}`} (${stack})`),
    lines: [sentence, ...tasks.filter((line) => !sentence.includes(line)), `Run ${run}${period}`].map((line) =>
      cut(line, lineLength),
    ),
    log,
    next: nextSteps(occasion, { run, task, nextTime: facts.nextTime }),
    ...(link === undefined ? {} : { link }),
    thread: `${stack}-${pipeline}`,
  };
}

/** Many notices in one message, with their numbers. */
export function summaryOf(stack: string, groups: readonly Gathered[], more: number): Message {
  const counts = new Map<Occasion, number>();
  for (const { count, latest } of groups) counts.set(latest.occasion, (counts.get(latest.occasion) ?? 0) + count);
  const said = [...counts].map(([occasion, count]) => `${count} ${nouns[occasion][count === 1 ? 0 : 1]}`);
  const pipelines = new Set(groups.map(({ latest }) => latest.pipeline));
  const of = pipelines.size === 1 ? [...pipelines].join('') : `${pipelines.size} pipelines`;
  const shown = groups.toSorted((a, b) => b.count - a.count).slice(0, shownGroups);
  const hidden = groups.length - shown.length;
  return {
    title: cut(`${of}: ${said.join(', ')} (${stack})`),
    lines: [
      ...shown.map(({ count, latest: { occasion, pipeline, run, task } }) => {
        const name = task === undefined ? run : `${run} ${task}`;
        return `${pipeline}: ${count} ${nouns[occasion][count === 1 ? 0 : 1]}, last ${name}`;
      }),
      ...(hidden > 0 ? [`and ${hidden} more pipelines`] : []),
      ...(more > 0 ? [`and ${more} more notices of other pipelines`] : []),
    ],
    log: [],
    next: [
      'To list the failed runs: gluewright runs --status FAILED TIMED_OUT --why',
      'To see what a rerun would do: gluewright rerun --failed --since 1d --plan',
    ],
    thread: stack,
  };
}

const shownGroups = 20;

const verbs: Readonly<Record<Occasion, string>> = {
  failed: 'failed',
  late: 'is late',
  recovered: 'succeeds again',
  approval: 'waits for approval',
};

/** Singular and plural. */
const nouns: Readonly<Record<Occasion, readonly [string, string]>> = {
  failed: ['run failed', 'runs failed'],
  late: ['run is late', 'runs are late'],
  recovered: ['pipeline succeeds again', 'pipelines succeed again'],
  approval: ['task waits for approval', 'tasks wait for approval'],
};

function nextSteps(
  occasion: Occasion,
  { run, task, nextTime }: { run: string; task: string | undefined; nextTime: string | undefined },
): string[] {
  const scheduled = nextTime === undefined ? [] : [`The next scheduled run starts at ${nextTime}.`];
  switch (occasion) {
    case 'failed':
      return [`Nothing retries this run. To run what did not succeed: gluewright rerun ${run}`, ...scheduled];
    case 'late':
      return [`The run goes on. To see what it waits for: gluewright why ${run}`];
    case 'approval':
      return [`gluewright approve ${run} ${task ?? ''}, or gluewright reject ${run} ${task ?? ''}`];
    case 'recovered':
      return scheduled;
  }
}

function cut(text: string, length = titleLength): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

/** For e-mail and plain topics. */
export function asText({ title, lines, log, next, link }: Message): string {
  const parts = [
    [title, ...lines],
    log.length === 0 ? [] : ['The last lines of its log:', ...log.map((line) => `  ${line}`)],
    [...next, ...(link === undefined ? [] : [link])],
  ];
  return parts
    .filter((part) => part.length > 0)
    .map((part) => part.join('\n'))
    .join('\n\n');
}

/**
 * A custom notification of Amazon Q Developer in chat applications.
 *
 * @see https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html
 */
export function asAmazonQ(message: Message): string {
  const { title, lines, log, next, link, thread } = message;
  const quoted = log.length === 0 ? [] : ['```', ...log.map((line) => line.replaceAll('```', "'''")), '```'];
  return JSON.stringify({
    version: '1.0',
    source: 'custom',
    content: {
      textType: 'client-markdown',
      title,
      description: [
        ...lines.map(escapeMarkdown),
        ...quoted,
        ...(link === undefined ? [] : [`[Open it](${link})`]),
      ].join('\n'),
      ...(next.length === 0 ? {} : { nextSteps: next }),
    },
    metadata: { threadId: thread, summary: title },
  });
}

/** Names and causes come from outside: they must not become links, mentions or formats. */
function escapeMarkdown(text: string): string {
  return text.replaceAll(/[<>&]/g, (sign) => entities[sign] ?? sign).replaceAll(/[*_~`|[\]]/g, (sign) => `\\${sign}`);
}

const entities: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;' };
