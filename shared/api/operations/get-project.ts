import { projectView } from '../../views/pipelines/project-view.ts';
import { isoTime } from '../../views/shapes.ts';
import { operation } from '../kit/operation.ts';

export const getProject = operation({
  name: 'getProject',
  method: 'GET',
  path: '/project',
  summary:
    'The problems of the project’s files, and the last change that `dev` deployed. Only on a developer’s machine',
  params: {},
  query: {},
  answers: { status: 200, shape: projectView },
  async act({ system }) {
    if (system.project === undefined) return { local: false, deployed: [], removed: [], problems: [] };
    const { deployedAt, ...state } = system.project();
    return { local: true, ...state, ...(deployedAt === undefined ? {} : { deployedAt: isoTime(deployedAt) }) };
  },
});
