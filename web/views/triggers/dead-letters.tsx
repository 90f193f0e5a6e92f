import type { LetterList } from '../../../shared/views/triggers/trigger-lists.ts';
import { paths } from '../../api/paths.ts';
import { useView } from '../../api/use-view.ts';
import { printable } from '../../page/printable.ts';
import { ActButton } from '../../parts/act-button.tsx';
import { BulkAct } from '../../parts/bulk-act.tsx';
import { useShown } from '../../parts/shown.ts';
import { Section, slow } from './section.tsx';

const most = 200;

/** What could not be taken or started. */
export function DeadLetters() {
  const { times } = useShown();
  const view = useView<LetterList>(paths.deadLetters(), slow);
  const all = view.value?.letters ?? [];
  const letters = all.slice(0, most);
  const items = (path: (id: string) => string) =>
    letters.map(({ id, what, why }) => ({ id, words: `${what}: ${why}`, path: path(id), body: {} }));
  return (
    <Section
      title="Dead letters"
      view={view}
      what="the dead letters"
      empty={letters.length === 0 ? 'There are none.' : undefined}
    >
      {letters.length > 1 && (
        <p class="tools">
          <BulkAct verb="Replay" noun="dead letter" items={items(paths.replay)} then={view.again} />
          <BulkAct verb="Drop" noun="dead letter" items={items(paths.drop)} then={view.again} />
        </p>
      )}
      <ul class="plain">
        {letters.map(({ id, at, what, why }) => (
          <li key={id} class="row-act">
            <span>
              <time dateTime={at} class="dim">
                {times.at(at)}
              </time>{' '}
              <strong>{printable(what)}</strong>: {printable(why)}
            </span>
            <span class="tools">
              <ActButton look="small" path={paths.replay(id)} label="Replay" then={view.again} />
              <ActButton look="small" path={paths.drop(id)} label="Drop" then={view.again} />
            </span>
          </li>
        ))}
      </ul>
      {all.length > most && (
        <p class="dim">
          {most} of {all.length} shown
        </p>
      )}
    </Section>
  );
}
