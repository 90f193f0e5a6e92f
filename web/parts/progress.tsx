import type { TaskView } from '../../shared/views/run/run-view.ts';
import { lookOf } from '../page/states.ts';

const order = ['good', 'bad', 'live', 'wait', 'none'] as const;

/** A run's progress: a strip with a part for the tasks of each colour, and the same in words. */
export function Progress({ tasks }: { readonly tasks: readonly Pick<TaskView, 'state'>[] }) {
  const words = new Map<string, number>();
  const colours = new Map<string, number>();
  for (const { state } of tasks) {
    const { word, colour } = lookOf(state);
    words.set(word, (words.get(word) ?? 0) + 1);
    colours.set(colour, (colours.get(colour) ?? 0) + 1);
  }
  const said = [...words].map(([word, count]) => `${count} ${word}`).join(', ');
  let left = 0;
  return (
    <>
      <svg class="progress" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
        {order.map((colour) => {
          const width = ((colours.get(colour) ?? 0) / tasks.length) * 100;
          left += width;
          return width === 0 || colour === 'none' ? null : (
            <rect key={colour} class={colour} x={left - width} width={width} height="1" />
          );
        })}
      </svg>
      <p class="dim">
        {tasks.length} tasks: {said}
      </p>
    </>
  );
}
