import { noProject, projectView } from '../../views/project-view.ts';
import { operation } from '../kit/operation.ts';

export const getProject = operation({
  name: 'getProject',
  method: 'GET',
  path: '/project',
  summary: 'On a developer’s machine: the problems of the project’s files, and what was last deployed of them',
  params: {},
  query: {},
  answers: { status: 200, shape: projectView },
  async act({ system }) {
    return system.project?.() ?? noProject;
  },
});
