import type { ProjectView } from '../../shared/views/pipelines/project-view.ts';
import { paths } from '../api/paths.ts';
import { useView } from '../api/use-view.ts';
import { printable } from '../page/printable.ts';
import { useNow } from '../page/use-now.ts';
import { useShown } from '../parts/shown.ts';

/** How long a deployment is shown. */
const newsMilliseconds = 20_000;

/** On a developer's machine: files with errors, as `validate` prints them, and what was just deployed. */
export function ProjectNotice() {
  const { times } = useShown();
  const view = useView<ProjectView>(paths.project(), ({ local }) => (local ? 2_000 : undefined));
  const { deployedAt, deployed = [], removed = [], problems = [], failure } = view.value ?? {};
  const now = useNow(deployedAt !== undefined);
  const isNews = deployedAt !== undefined && now - Date.parse(deployedAt) < newsMilliseconds;
  return (
    <div role="status">
      {(problems.length > 0 || failure !== undefined) && (
        <div class="notice bad">
          {failure !== undefined && <p>The files were not deployed: {printable(failure)}</p>}
          {problems.length > 0 && (
            <>
              {problems.length} problem{problems.length === 1 ? '' : 's'} in your files. The last valid version stays
              deployed.
              <ul>
                {problems.slice(0, 5).map((problem) => (
                  <li key={`${problem.file}:${problem.line}:${problem.column} ${problem.code}`}>
                    <code>{printable(`${problem.file}:${problem.line}:${problem.column}`)}</code>{' '}
                    {printable(problem.message)} <span class="dim">{printable(problem.remedy)}</span>
                  </li>
                ))}
                {problems.length > 5 && <li>and {problems.length - 5} more</li>}
              </ul>
            </>
          )}
        </div>
      )}
      {isNews && (
        <p class="notice">
          {deployed.length > 0 &&
            `Deployed at ${times.clock(Date.parse(deployedAt))}: ${printable(deployed.join(', '))}. `}
          {removed.length > 0 && `Removed: ${printable(removed.join(', '))}.`}
        </p>
      )}
    </div>
  );
}
