import { findOrphans, orphanView, stopOrphans as stop } from '../../use-cases/requests/find-orphans.ts';
import { orphanList } from '../../views/runs/orphan-view.ts';
import { operation } from '../kit/operation.ts';

export const stopOrphans = operation({
  name: 'stopOrphans',
  method: 'POST',
  path: '/orphans/stop',
  summary: 'Asks Glue to stop all orphaned job runs. GET /orphans shows whether they have stopped',
  params: {},
  query: {},
  answers: { status: 202, shape: orphanList },
  async act({ system }) {
    const orphans = await findOrphans(system);
    await stop(system, orphans);
    return { orphans: orphans.map(orphanView), stopped: true };
  },
});
