import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Makes a project with a pipeline of one task, whose job does nothing. @returns the folder */
export function createOneTask(folder: string): string {
  const files = {
    'package.json': '{ "private": true, "type": "module" }',
    'serverless.yml': 'service: bench\nprovider: { name: aws }\n',
    'statemachines/one.yml': 'pipeline: one\nruns: { max: 100 }\ntasks:\n  only:\n    glue-job: nothing\n',
    'jobs/jobs.yml':
      'jobs:\n  nothing:\n    type: pythonshell\n    script: jobs/nothing.py\n    maxConcurrentRuns: 100\n',
    'jobs/nothing.py': '',
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return folder;
}
