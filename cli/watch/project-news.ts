import { present } from '../../shared/json.ts';
import type { Problem } from '../../shared/reading/problem.ts';
import type { ProjectState } from '../../shared/services/project-state.ts';
import type { FileNews } from './follow-files.ts';

export type ProjectNews = { readonly state: () => ProjectState; readonly note: (news: FileNews) => void };

/** The state of the project's files for the page. @param problems as `dev` found them */
export function projectNews(problems: readonly Problem[]): ProjectNews {
  let state: ProjectState = { deployed: [], removed: [], problems };
  return {
    state: () => state,
    note({ deployed, removed, ...rest }) {
      const last = { deployed: state.deployed, removed: state.removed, ...present({ deployedAt: state.deployedAt }) };
      const isNews = deployed.length + removed.length > 0;
      state = { ...(isNews ? { deployedAt: Date.now(), deployed, removed } : last), ...rest };
    },
  };
}
