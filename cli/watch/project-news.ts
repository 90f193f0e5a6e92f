import type { Problem } from '../../shared/reading/problem.ts';
import type { ProjectView } from '../../shared/views/project-view.ts';
import { isoTime } from '../../shared/views/shapes.ts';
import type { FileNews } from './follow-files.ts';

export type ProjectNews = { readonly view: () => ProjectView; readonly note: (news: FileNews) => void };

/** What the page says of the project's files. @param problems of the files as `dev` found them */
export function projectNews(problems: readonly Problem[]): ProjectNews {
  let view: ProjectView = { local: true, deployed: [], removed: [], problems };
  return {
    view: () => view,
    note({ deployed, removed, ...rest }) {
      const changes =
        deployed.length + removed.length > 0
          ? { deployedAt: isoTime(Date.now()), deployed, removed }
          : {
              deployed: view.deployed,
              removed: view.removed,
              ...(view.deployedAt === undefined ? {} : { deployedAt: view.deployedAt }),
            };
      view = { local: true, ...changes, ...rest };
    },
  };
}
