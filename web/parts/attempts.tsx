import { lastLine } from '../../shared/views/last-line.ts';
import type { AttemptView } from '../../shared/views/run/run-view.ts';
import type { TaskDetail } from '../../shared/views/run/task-detail.ts';
import { printable } from '../page/printable.ts';
import { hrefWith } from '../page/route.ts';
import { duration, lasted } from '../page/times.ts';
import { useNow } from '../page/use-now.ts';
import { AttemptLinks } from './attempt-links.tsx';
import { useShown } from './shown.ts';
import { State } from './state.tsx';

const heads = ['Attempt', 'State', 'Started', 'Queue', 'Start-up', 'Work', 'DPU-seconds', 'Work run'];

type Shown = AttemptView & { readonly links?: TaskDetail['attempts'][number]['links'] };

type Props = { readonly attempts: readonly Shown[]; readonly chosen: number };

/** The attempts, with the duration of each part. The log below is that of the chosen attempt. */
export function Attempts({ attempts, chosen }: Props) {
  const now = useNow(attempts.some(({ startedAt, endedAt }) => startedAt !== undefined && endedAt === undefined));
  const hasReason = attempts.some(({ reason }) => reason !== undefined);
  if (attempts.length === 0) return <p class="dim">It has not been tried yet.</p>;
  return (
    <div class="scroll" role="region" aria-label="Attempts" tabIndex={0}>
      <table>
        <thead>
          <tr>
            {[...heads, ...(hasReason ? ['Reason'] : [])].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {attempts.map((attempt) => (
            <Attempt
              key={attempt.number}
              attempt={attempt}
              now={now}
              isChosen={attempt.number === chosen}
              hasReason={hasReason}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

type RowProps = {
  readonly attempt: Shown;
  readonly now: number;
  readonly isChosen: boolean;
  readonly hasReason: boolean;
};

function Attempt({ attempt, now, isChosen, hasReason }: RowProps) {
  const { route, times } = useShown();
  const { number, state, startedAt, endedAt, queueSeconds, startUpSeconds, workSeconds } = attempt;
  const { dpuSeconds, kind, work, id, reason, links } = attempt;
  const took = lasted(startedAt, endedAt, now);
  return (
    <tr {...(isChosen ? { 'aria-current': 'true' as const } : {})}>
      <th scope="row">
        <a href={hrefWith(route, { attempt: String(number), skip: '' })}>{number}</a>
      </th>
      <td>
        <State state={state} />
      </td>
      <td>{startedAt === undefined ? '–' : times.at(startedAt)}</td>
      <td>{queueSeconds === undefined ? '–' : duration(queueSeconds * 1_000)}</td>
      <td>{startUpSeconds === undefined ? '–' : duration(startUpSeconds * 1_000)}</td>
      <td>
        {workSeconds !== undefined
          ? duration(workSeconds * 1_000)
          : took === undefined
            ? '–'
            : `${duration(took)} in total`}
      </td>
      <td>{dpuSeconds ?? '–'}</td>
      <td>
        {kind} {printable(work)}{' '}
        {id !== undefined && (
          <code class="short" title={printable(id)}>
            {printable(id)}
          </code>
        )}{' '}
        {links !== undefined && <AttemptLinks links={links} />}
      </td>
      {hasReason && <td title={printable(reason ?? '')}>{reason === undefined ? '' : printable(lastLine(reason))}</td>}
    </tr>
  );
}
