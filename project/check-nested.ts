import { present } from '../shared/json.ts';
import type { Pipeline } from '../shared/model/pipeline.ts';
import { hasExpressions } from '../shared/pipeline/expressions/expressions-of.ts';
import { givenMistake } from '../shared/pipeline/file/params.ts';
import type { Finding, Report } from '../shared/reading/finding.ts';
import { Nearest } from '../shared/reading/nearest.ts';
import type { Problem } from '../shared/reading/problem.ts';
import type { NestedRequest } from '../shared/tasks/kind/task-kind.ts';
import { kindOf } from '../shared/tasks/kinds.ts';
import type { Written } from './project-files.ts';

const code = 'nested-pipeline';

/** Checks tasks that run another pipeline: its parameters, its interval, its limits, and the tasks whose outputs they return. */
export function checkNested({ pipelines, sketches }: Written): Problem[] {
  const byName = new Map(pipelines.map(({ pipeline }) => [pipeline.name, pipeline]));
  return [...pipelines, ...sketches].flatMap(({ file, pipeline, place }) => {
    const nearest = new Nearest();
    return pipeline.tasks.flatMap(({ name, work }) => {
      const problems: Problem[] = [];
      const request = kindOf(work.kind).nested?.(work);
      const inner = request === undefined ? undefined : byName.get(request.pipeline);
      if (request === undefined || inner === undefined) return problems;
      const report = ({ path, key, message, remedy }: Finding): void => {
        const at = place({ path: ['tasks', name, ...path], ...present({ key }) });
        problems.push({ file, ...at, severity: 'error', code, message: `${name}: ${message}`, remedy });
      };
      checkParams(request, inner, report, nearest);
      checkInterval(request, inner, report);
      checkOutputs(request, inner, report, nearest);
      checkItems(request, inner, report);
      return problems;
    });
  });
}

function checkParams({ params }: NestedRequest, inner: Pipeline, report: Report, nearest: Nearest): void {
  for (const [name, value] of Object.entries(params)) {
    const param = Object.hasOwn(inner.params, name) ? inner.params[name] : undefined;
    if (param === undefined) {
      const remedy = nearest.remedy(name, Object.keys(inner.params), 'remove it');
      const message = `${inner.name} has no parameter \`${name}\``;
      report({ path: ['params', name], key: true, code, message, remedy });
      continue;
    }
    const mistake = hasExpressions(value) ? undefined : givenMistake(param.type, value);
    if (mistake === undefined) continue;
    const message = `the parameter \`${name}\` of ${inner.name} ${mistake}`;
    report({ path: ['params', name], code, message, remedy: `write a value of type ${param.type}, or an expression` });
  }
  for (const [name, param] of Object.entries(inner.params)) {
    if (param.default !== undefined || Object.hasOwn(params, name)) continue;
    // a misspelt parameter has been reported, with the right one
    if (
      Object.keys(params).some((given) => !Object.hasOwn(inner.params, given) && nearest.of(given, [name]) === name)
    ) {
      continue;
    }
    const message = `${inner.name} needs the parameter \`${name}\`, which has no default`;
    report({ path: ['params'], key: true, code, message, remedy: `add \`${name}\` to \`params\`` });
  }
}

function checkInterval({ interval }: NestedRequest, inner: Pipeline, report: Report): void {
  const reader = interval === undefined ? inner.tasks.find(({ needsInterval }) => needsInterval) : undefined;
  if (reader === undefined) return;
  const message = `${inner.name} needs an interval: its task \`${reader.name}\` reads $interval`;
  const remedy = 'add `interval: { start: "{% $interval.start %}", end: "{% $interval.end %}" }`';
  report({ path: ['interval'], key: true, code, message, remedy });
}

function checkOutputs({ outputs, items }: NestedRequest, inner: Pipeline, report: Report, nearest: Nearest): void {
  const tasks = new Set(inner.tasks.map(({ name }) => name));
  const taken = items === undefined ? ['run'] : ['run', 'item'];
  for (const name of outputs) {
    if (!tasks.has(name)) {
      const message = `${inner.name} has no task \`${name}\` whose output could be returned`;
      report({ path: ['outputs'], code, message, remedy: nearest.remedy(name, tasks, 'remove it') });
    } else if (taken.includes(name)) {
      const message = `the output of \`${name}\` would replace \`${name}\`, which the output of this task always has`;
      report({ path: ['outputs'], code, message, remedy: `rename the task \`${name}\` of ${inner.name}` });
    }
  }
}

/** Runs for many items have to be queued, and no more of them run at the same time than the pipeline allows. */
function checkItems({ items }: NestedRequest, { name, runs }: Pipeline, report: Report): void {
  if (items === undefined) return;
  if (runs.overlap !== 'queue') {
    const message = `${name} does not queue its runs (\`overlap: ${runs.overlap}\`), so the runs of items would end each other`;
    report({ path: ['map'], code, message, remedy: `remove \`overlap\` from the \`runs\` of ${name}` });
  }
  const { max } = items;
  if (max === undefined || max <= runs.max) return;
  const message = `${max} items at the same time are more than ${name} runs: its \`runs.max\` is ${runs.max}`;
  report({
    path: ['max'],
    code,
    message,
    remedy: `write \`runs: { max: ${max} }\` in ${name}, or a smaller number here`,
  });
}
