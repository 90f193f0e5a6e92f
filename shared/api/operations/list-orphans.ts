import { findOrphans, orphanView } from '../../use-cases/find-orphans.ts';
import { orphanList } from '../../views/orphan-view.ts';
import { operation } from '../kit/operation.ts';

export const listOrphans = operation({
  name: 'listOrphans',
  method: 'GET',
  path: '/orphans',
  summary: 'Job runs of this stack that go on although their run is over; Glue is asked about every job',
  params: {},
  query: {},
  answers: { status: 200, shape: orphanList },
  async act({ system }) {
    return { orphans: (await findOrphans(system)).map(orphanView), stopped: false };
  },
});
