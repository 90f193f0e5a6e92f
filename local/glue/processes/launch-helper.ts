import { launch } from './launch.ts';
import type { Note, Order } from './launcher.ts';

process.on('message', (text) => {
  const { id, command, folder, ...options }: Order = JSON.parse(String(text));
  try {
    const child = launch(command, folder, options);
    child.once('error', (error) => tell({ id, problem: error.message }));
    child.once('exit', () => tell({ id, exited: child.pid }));
  } catch (error) {
    tell({ id, problem: error instanceof Error ? error.message : String(error) });
  }
});
// The jobs keep running without this process.
process.on('disconnect', () => process.exit());
tell({ ready: true });

function tell(note: Note): void {
  if (process.connected) process.send?.(JSON.stringify(note));
}
