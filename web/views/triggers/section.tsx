import type { ComponentChildren } from 'preact';
import type { Viewed } from '../../api/use-view.ts';
import { Pending } from '../../parts/problem.tsx';

type Props = {
  readonly title: string;
  readonly view: Viewed<unknown>;
  /** What is loading, for the message. */
  readonly what: string;
  /** Shown instead of an empty list. Absent: the list is not empty. */
  readonly empty: string | undefined;
  readonly children: ComponentChildren;
};

/** One section of the triggers' page. */
export function Section({ title, view, what, empty, children }: Props) {
  return (
    <section class="card" aria-label={title}>
      <h2>{title}</h2>
      {view.value === undefined ? (
        <Pending view={view} what={what} />
      ) : empty === undefined ? (
        children
      ) : (
        <p class="dim">{empty}</p>
      )}
    </section>
  );
}

/** How often the triggers' page refreshes. */
export function slow(): number {
  return 5_000;
}
