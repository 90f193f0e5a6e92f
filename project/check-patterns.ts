import { InvalidEventPattern } from '../local/events/invalid-event-pattern.ts';
import { compilePattern } from '../local/events/pattern.ts';
import type { JsonObject } from '../shared/json.ts';
import type { Problem } from '../shared/reading/problem.ts';
import { triggerKind } from '../shared/triggers/kinds/kinds.ts';
import type { Written } from './project-files.ts';

/** Event patterns that EventBridge would reject during a deployment. */
export function checkPatterns({ pipelines, sketches }: Pick<Written, 'pipelines' | 'sketches'>): Problem[] {
  return [...pipelines, ...sketches].flatMap(({ file, pipeline: { triggers }, place }) =>
    Object.entries(triggers).flatMap(([name, trigger]): Problem[] => {
      const pattern = triggerKind(trigger.kind).wakes(trigger);
      const wrong = pattern === undefined ? undefined : refusalOf(pattern);
      if (wrong === undefined) return [];
      const { path, reason } = wrong;
      const at = place({ path: ['triggers', name, trigger.kind, ...path], key: true });
      const message = `EventBridge refuses the pattern of \`${name}\`: ${reason}`;
      const remedy = 'write values, or filters such as { prefix: a }, { numeric: [">", 5] }, { exists: true }';
      return [{ file, ...at, severity: 'error', code: 'bad-pattern', message, remedy }];
    }),
  );
}

function refusalOf(pattern: JsonObject): { readonly path: readonly string[]; readonly reason: string } | undefined {
  try {
    compilePattern(pattern);
    return undefined;
  } catch (error) {
    if (!(error instanceof InvalidEventPattern)) throw error;
    const path = error.path === '' ? [] : error.path.split('.');
    return { path, reason: error.message.replace(/^.*Reason: /, '') };
  }
}
