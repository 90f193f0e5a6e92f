import type { AttemptView, TaskView } from '../../shared/views/run/run-view.ts';
import { criticalPath } from '../page/critical-path.ts';
import { foldTime, placeOf, type Stretch, ticksOf } from '../page/fold-time.ts';
import { printable } from '../page/printable.ts';
import { lookOf } from '../page/states.ts';
import { duration, lasted } from '../page/times.ts';
import { useNow } from '../page/use-now.ts';
import { useShown } from './shown.ts';
import { StateShape } from './state.tsx';

type Props = { readonly tasks: readonly TaskView[]; readonly hrefOf: (task: string) => string };

/** Tasks that have started come first, in the order of their start. */
function byStart({ startedAt: one }: TaskView, { startedAt: other }: TaskView): number {
  if (one === other) return 0;
  if (one === undefined) return 1;
  return other === undefined || one < other ? -1 : 1;
}

/** Tasks by time: queue is a line, start-up an outline, work solid. The whole row is the link. */
export function Gantt({ tasks, hrefOf }: Props) {
  const { times } = useShown();
  const attempts = tasks.flatMap((task) => task.attempts);
  const now = useNow(attempts.some(({ startedAt, endedAt }) => startedAt !== undefined && endedAt === undefined));
  const axis = foldTime(attempts.flatMap((attempt) => spanOf(attempt, now) ?? []));
  const critical = criticalPath(tasks);
  const rows = tasks.toSorted(byStart);
  const folds = axis.filter(({ folded }) => folded);
  return (
    <>
      <p class="legend">
        <span>
          <i class="key queues" /> queue
        </span>
        <span>
          <i class="key waits" /> start-up
        </span>
        <span>
          <i class="key works" /> work
        </span>
        <span>
          <i class="key critical" /> critical path
        </span>
        {folds.map(({ from, to }) => (
          <span key={from}>
            <i class="key fold" /> {duration(to - from)} idle, folded
          </span>
        ))}
        <span>times in {times.zone}</span>
      </p>
      <div class="gantt">
        {axis.length > 0 && (
          <div class="axis" aria-hidden="true">
            <span class="name" />
            <svg width="100%" height="22" aria-hidden="true">
              {ticksOf(axis).map(({ time, place, anchor }) => (
                <text key={time} x={percent(place)} y="15" text-anchor={anchor}>
                  {times.clock(time)}
                </text>
              ))}
            </svg>
            <span class="took" />
          </div>
        )}
        {rows.map((task) => (
          <a key={task.name} class={critical.has(task.name) ? 'row critical' : 'row'} href={hrefOf(task.name)}>
            <span class="name" title={printable(task.name)}>
              <StateShape state={task.state} /> {printable(task.name)}
            </span>
            <svg class="bars" width="100%" height="24" aria-hidden="true">
              {folds.map(({ from, left, width }) => (
                <rect key={from} class="fold" x={percent(left)} width={percent(width)} y="0" height="24" />
              ))}
              {task.attempts.map((attempt) => (
                <Bar key={attempt.number} attempt={attempt} axis={axis} now={now} />
              ))}
            </svg>
            <span class="took">{wordsOf(task, now)}</span>
          </a>
        ))}
      </div>
    </>
  );
}

function wordsOf(task: TaskView, now: number): string {
  const took = lasted(task.startedAt, task.endedAt, now);
  return [
    lookOf(task.state).word,
    ...(task.kept ? ['kept'] : took === undefined ? [] : [duration(took)]),
    ...(task.attempts.length > 1 ? [`${task.attempts.length} attempts`] : []),
  ].join(', ');
}

function Bar({ attempt, axis, now }: { attempt: AttemptView; axis: readonly Stretch[]; now: number }) {
  const span = spanOf(attempt, now);
  if (span === undefined) return null;
  const { starts, works } = partsOf(attempt, span);
  const left = placeOf(span.from, axis);
  const begins = placeOf(starts, axis);
  const middle = placeOf(works, axis);
  const right = placeOf(span.to, axis);
  return (
    <g class={lookOf(attempt.state).colour}>
      <line class="queues" x1={percent(left)} x2={percent(begins)} y1="12" y2="12" />
      <rect class="waits" x={percent(begins)} width={percent(middle - begins)} y="8" height="8" />
      {works < span.to && (
        <rect
          class="works"
          x={percent(middle)}
          width={percent(Math.max(0.004, right - middle))}
          y="5"
          height="14"
          rx="3"
        />
      )}
    </g>
  );
}

function percent(share: number): string {
  return `${Math.round(share * 100_000) / 1_000}%`;
}

function spanOf({ startedAt, endedAt }: AttemptView, now: number): { from: number; to: number } | undefined {
  if (startedAt === undefined) return undefined;
  const from = Date.parse(startedAt);
  return { from, to: Math.max(from, endedAt === undefined ? now : Date.parse(endedAt)) };
}

/** When an attempt left the queue and its work started. For a live attempt only the state is known. */
function partsOf(
  { queueSeconds = 0, workSeconds, state }: AttemptView,
  { from, to }: { from: number; to: number },
): { readonly starts: number; readonly works: number } {
  const isWorking = state !== 'queued' && state !== 'starting' && state !== 'retrying';
  const starts = state === 'queued' ? to : Math.min(to, from + queueSeconds * 1_000);
  if (workSeconds !== undefined) return { starts, works: Math.max(starts, to - workSeconds * 1_000) };
  return { starts, works: isWorking ? starts : to };
}
