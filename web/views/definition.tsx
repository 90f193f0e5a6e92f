import type { RunView } from '../../shared/views/run-view.ts';

export function Definition({ run }: { readonly run: RunView }) {
  return <p class="dim">{run.pipeline}</p>;
}
