import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isMap, parseDocument } from 'yaml';
import { jobsFile } from '../../project/project-files.ts';

/** Adds a job to `jobs/jobs.yml`, whose comments and order stay. @returns false: there is one of this name */
export function addJob(root: string, name: string, job: { readonly script: string; readonly type: string }): boolean {
  const path = join(root, jobsFile);
  const document = parseDocument(existsSync(path) ? readFileSync(path, 'utf8') : '');
  if (document.hasIn(['jobs', name])) return false;
  if (isMap(document.get('jobs'))) document.setIn(['jobs', name], document.createNode(job));
  else document.set('jobs', document.createNode({ [name]: job }));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, document.toString({ lineWidth: 0 }));
  return true;
}
