import type { Json } from '../../json.ts';
import type { Report } from '../../reading/finding.ts';

/** How the names of Gluewright's own variables begin. */
export const reserved = 'GLUEWRIGHT_';

/** Reports variables of the file's `env` that Gluewright sets itself. */
export function checkVariables(env: Readonly<Record<string, Json>>, code: string, report: Report): void {
  for (const name of Object.keys(env)) {
    if (!name.startsWith(reserved)) continue;
    const message = `\`${name}\` is one of Gluewright’s own variables`;
    report({ path: ['env', name], code, message, remedy: 'rename it' });
  }
}
