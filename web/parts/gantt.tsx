import type { AttemptView, TaskView } from '../../shared/views/run-view.ts';
import { criticalPath } from '../page/critical-path.ts';
import { foldTime, placeOf, type Stretch } from '../page/fold-time.ts';
import { printable } from '../page/printable.ts';
import { lookOf } from '../page/states.ts';
import { duration, lasted } from '../page/times.ts';
import { useShown } from './shown.ts';
import { StateShape } from './state.tsx';

type Props = {
  readonly tasks: readonly TaskView[];
  readonly now: number;
  readonly hrefOf: (task: string) => string;
};

/** Tasks that have begun come first, in the order of their start. */
function byStart({ startedAt: one }: TaskView, { startedAt: other }: TaskView): number {
  if (one === other) return 0;
  if (one === undefined) return 1;
  return other === undefined || one < other ? -1 : 1;
}

/** Tasks by time: what waited and started up is hatched, the work is full. The whole row is the link. */
export function Gantt({ tasks, now, hrefOf }: Props) {
  const { times } = useShown();
  const attempts = tasks.flatMap((task) => task.attempts);
  const axis = foldTime(attempts.flatMap((attempt) => spanOf(attempt, now) ?? []));
  const critical = criticalPath(tasks);
  const start = axis[0]?.from;
  const rows = tasks.toSorted(byStart);
  return (
    <div class="gantt">
      <p class="dim">
        <span class="key waits" /> queue and start-up <span class="key works" /> work <strong>▎</strong>critical path
        {start !== undefined && (
          <>
            {' '}
            · from {times.clock(start)} ({times.zone})
          </>
        )}
        {axis
          .filter(({ folded }) => folded)
          .map(({ from, to }) => (
            <span key={from}> · ⫽ {duration(to - from)} of nothing folded</span>
          ))}
      </p>
      {rows.map((task) => {
        const took = lasted(task.startedAt, task.endedAt, now);
        const isCritical = critical.has(task.name);
        const name = printable(task.name);
        return (
          <a key={task.name} class={isCritical ? 'row critical' : 'row'} href={hrefOf(task.name)}>
            <span class="name" title={name}>
              <StateShape state={task.state} /> {name}
            </span>
            <svg class="bars" width="100%" height="24" aria-hidden="true">
              {axis
                .filter(({ folded }) => folded)
                .map(({ from, left, width }) => (
                  <rect key={from} class="fold" x={percent(left)} width={percent(width)} y="0" height="24" />
                ))}
              {task.attempts.map((attempt) => (
                <Bar key={attempt.number} attempt={attempt} axis={axis} now={now} />
              ))}
            </svg>
            <span class="took">
              {lookOf(task.state).word}
              {took === undefined || task.kept ? '' : `, ${duration(took)}`}
              {task.kept ? ', kept' : ''}
              {task.attempts.length > 1 ? `, ${task.attempts.length} attempts` : ''}
            </span>
          </a>
        );
      })}
    </div>
  );
}

function Bar({ attempt, axis, now }: { attempt: AttemptView; axis: readonly Stretch[]; now: number }) {
  const span = spanOf(attempt, now);
  if (span === undefined) return null;
  const works = workStart(attempt, span);
  const left = placeOf(span.from, axis);
  const middle = placeOf(works, axis);
  const right = placeOf(span.to, axis);
  return (
    <g class={lookOf(attempt.state).colour}>
      <rect class="waits" x={percent(left)} width={percent(middle - left)} y="9" height="6" />
      <rect
        class="works"
        x={percent(middle)}
        width={percent(Math.max(0.004, right - middle))}
        y="5"
        height="14"
        rx="2"
      />
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

/** Glue counts only the work; what lies before it was queue and start-up. Of a live attempt only its state is known. */
function workStart({ workSeconds, state }: AttemptView, { from, to }: { from: number; to: number }): number {
  if (workSeconds !== undefined) return Math.max(from, to - workSeconds * 1_000);
  return state === 'queued' || state === 'starting' || state === 'retrying' ? to : from;
}
