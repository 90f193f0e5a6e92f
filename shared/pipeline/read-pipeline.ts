import { isJsonObject } from '../json.ts';
import type { Pipeline } from '../model/pipeline.ts';
import type { Finding } from '../reading/finding.ts';
import { Nearest } from '../reading/nearest.ts';
import { placeFindings } from '../reading/place-findings.ts';
import type { Problem } from '../reading/problem.ts';
import { readShape } from '../reading/read-shape.ts';
import { type Locate, readValue, type Source } from '../reading/source.ts';
import { readYaml } from '../reading/yaml-source.ts';
import { checkExpressions } from './checks/check-expressions.ts';
import { checkTasks } from './checks/check-tasks.ts';
import { checkTemplates } from './checks/check-templates.ts';
import { checkTimes } from './checks/check-times.ts';
import { checkTriggers } from './checks/check-triggers.ts';
import { findUpstream } from './checks/upstream.ts';
import { bucketsRead } from './expressions/expressions-of.ts';
import { toDraft } from './file/draft.ts';
import { normalise } from './file/normalise.ts';
import { pipelineAdvice } from './file/pipeline-advice.ts';
import { pipelineFile } from './file/schema.ts';

/** With a pipeline, all problems are warnings. Without one, there is at least one error. */
export type Reading =
  | { readonly pipeline: Pipeline; readonly place: Locate; readonly problems: readonly Problem[] }
  | {
      readonly pipeline: undefined;
      /** For problems that only several files together show. */
      readonly place: Locate;
      /**
       * The readable parts, for problems that only several files together show. Its name may be empty. Never run it.
       */
      readonly sketch?: Pipeline;
      readonly problems: readonly Problem[];
    };

/** Reads a pipeline file. Finds all problems at once; no text makes it throw. @param file its name in problems */
export function readPipeline(text: string, file: string): Reading {
  const findings: Finding[] = [];
  const { source, sound } = readYaml(text, (finding) => findings.push(finding));
  return read(source, sound, findings, file);
}

/** The same for a TypeScript module's export. There are no lines, so messages name the path. */
export function readPipelineValue(value: unknown, file: string): Reading {
  const findings: Finding[] = [];
  const { source, sound } = readValue(value, (finding) => findings.push(finding));
  return read(source, sound, findings, file);
}

function read(source: Source, sound: boolean, findings: Finding[], file: string): Reading {
  const report = (finding: Finding) => findings.push(finding);
  let written: Pipeline | undefined;
  // check even files with values that are not JSON or with duplicate keys, unless nothing was readable
  if (sound || isJsonObject(source.value)) {
    const nearest = new Nearest();
    const draft = toDraft(source.value, readShape(pipelineFile, source.value, report, nearest, pipelineAdvice));
    const upstream = findUpstream([...draft.tasks.values()]);
    checkTasks(draft, upstream, report, nearest);
    checkTimes(draft, report);
    checkTriggers(draft, report, nearest);
    checkExpressions(draft, upstream, report, nearest);
    checkTemplates(draft, report);
    written = withBuckets(normalise(draft));
  }
  const problems = placeFindings(findings, source, file);
  const { place } = source;
  if (written === undefined) return { pipeline: undefined, place, problems };
  const wrong = problems.some(({ severity }) => severity === 'error');
  return wrong ? { pipeline: undefined, place, sketch: written, problems } : { pipeline: written, place, problems };
}

/** Locally, a bucket has its name in the file. */
function withBuckets(pipeline: Pipeline): Pipeline {
  const names = bucketsRead(pipeline);
  return names.length === 0
    ? pipeline
    : { ...pipeline, buckets: Object.fromEntries(names.map((name) => [name, name])) };
}
