import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isMap, parseDocument } from 'yaml';
import { jobsFileIn } from '../../project/project-files.ts';

/** Adds a job to the project's jobs file, keeping comments and order. @returns false: the name is taken */
export function addJob(root: string, name: string, job: { readonly script: string; readonly type: string }): boolean {
  const path = join(root, jobsFileIn(root));
  const document = parseDocument(existsSync(path) ? readFileSync(path, 'utf8') : '');
  if (document.hasIn(['jobs', name])) return false;
  if (isMap(document.get('jobs'))) document.setIn(['jobs', name], document.createNode(job));
  else document.set('jobs', document.createNode({ [name]: job }));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, document.toString({ lineWidth: 0 }));
  return true;
}
