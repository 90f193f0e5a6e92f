import { isJsonObject } from '../../json.ts';
import type { Value } from '../../model/pipeline.ts';
import type { Path, Report } from '../../reading/finding.ts';
import { kindOf } from '../../tasks/kinds.ts';
import type { Draft } from '../file/draft.ts';

/** Warns about template syntax of other tools, which Gluewright passes on literally. */
export function checkTemplates(draft: Draft, report: Report): void {
  for (const [name, param] of draft.params) check(param.default, ['params', name, 'default'], report);
  for (const { name, work, read } of draft.tasks.values()) {
    if (work === undefined) continue;
    for (const key of kindOf(work.kind).file.expressions) check(read[key], ['tasks', name, key], report);
    for (const [key, value] of Object.entries(isJsonObject(read.args) ? read.args : {})) {
      checkArgument(value, ['tasks', name, 'args', key], report);
    }
  }
}

/** Arguments of jobs are texts. A list or an empty value becomes JSON, which few people expect. */
function checkArgument(value: Value, path: Path, report: Report): void {
  if (typeof value !== 'object') return;
  const json = JSON.stringify(value);
  // an empty mapping is what remains of an unquoted template, which is refused elsewhere
  if (json.includes('{%') || json === '{}') return;
  const name = `\`${path.at(-1)}\``;
  const what = Array.isArray(value) ? 'a list' : 'a mapping';
  const message =
    value === null
      ? `${name} has no value: the job would get the text null`
      : `${name} is ${what}, and arguments are texts: the job would get ${json}`;
  const remedy = value === null ? 'remove it, or write ""' : `if the job reads JSON, write the text: '${json}'`;
  report({ path, severity: 'warning', code: 'json-argument', message, remedy });
}

function check(value: Value | undefined, path: Path, report: Report): void {
  if (typeof value === 'string') checkText(value, path, report);
  if (Array.isArray(value)) {
    for (const [at, item] of value.entries()) check(item, [...path, at], report);
    return;
  }
  if (!isJsonObject(value)) return;
  for (const [key, item] of Object.entries(value)) {
    if (key.endsWith('.$')) {
      const plain = key.slice(0, -2);
      const path_ = typeof item === 'string' && item.startsWith('$.') ? item.slice(2) : 'params.NAME';
      warn(report, [...path, key], {
        key: true,
        message: `\`${key}\` is JSONPath syntax of Step Functions: it would be passed on as it is`,
        remedy: `write \`${plain}: "{% $${path_} %}"\``,
      });
    } else check(item, [...path, key], report);
  }
}

const jinja = /\$?\{\{\s*([^}]*?)\s*\}\}/;
const shell = /\$\{\s*([\w.]+)\s*\}/;
const bareExpression = /^\$(params|tasks|run|interval)\.[\w.`[\]-]+$/;
const environment = /^\$[A-Z][A-Z0-9_]*$/;
const jsonPath = /^\$\.(params|tasks|run|interval)\.[\w.[\]]+$/;

function checkText(text: string, path: Path, report: Report): void {
  if (text.startsWith('{%')) return;
  const template = jinja.exec(text);
  const variable = shell.exec(text);
  if (template !== null) {
    const remedy = `write an expression: ${expression(text, template[0], meaning(template[1] ?? ''))}`;
    const message = `\`${template[0]}\` is template syntax of other tools, and would be passed on unchanged`;
    warn(report, path, { within: { text, offset: template.index }, message, remedy });
  } else if (variable !== null) {
    const remedy = `write an expression: ${expression(text, variable[0], meaning(variable[1] ?? ''))}`;
    const message = `\`${variable[0]}\` is not replaced: it would be passed on as it is`;
    warn(report, path, { within: { text, offset: variable.index }, message, remedy });
  } else if (bareExpression.test(text)) {
    const message = `\`${text}\` is not evaluated: it would be passed on as it is`;
    warn(report, path, { message, remedy: `write an expression: "{% ${text} %}"` });
  } else if (environment.test(text)) {
    const message = `\`${text}\` is not replaced: no shell expands it`;
    warn(report, path, { message, remedy: `write an expression: "{% $params.${text.slice(1).toLowerCase()} %}"` });
  } else if (jsonPath.test(text)) {
    const message = `\`${text}\` is JSONPath: it would be passed on as it is`;
    warn(report, path, { message, remedy: `write an expression: "{% $${text.slice(2)} %}"` });
  }
}

type Warning = {
  readonly message: string;
  readonly remedy: string;
  readonly key?: true;
  readonly within?: { readonly text: string; readonly offset: number };
};

function warn(report: Report, path: Path, warning: Warning): void {
  report({ path, severity: 'warning', code: 'template', ...warning });
}

/** Translates Airflow's names. */
function meaning(word: string): string {
  if (/^(ds|logical_date|execution_date|data_interval_start)\b/.test(word)) return '$interval.start';
  if (/^(next_ds|data_interval_end)\b/.test(word)) return '$interval.end';
  if (/^run_id\b/.test(word)) return '$run.id';
  const [, param] = /^(?:params|dag_run\.conf|inputs|var\.value)\.(\w+)/.exec(word) ?? [];
  if (param !== undefined) return `$params.${param}`;
  return /^\w+$/.test(word) ? `$params.${word}` : '$params.NAME';
}

/** The text as one expression, with the template replaced. */
function expression(text: string, template: string, meant: string): string {
  const [before = '', ...behind] = text.split(template);
  const parts = [before, behind.join(template)].map((part) => (part === '' ? '' : `'${part}'`));
  return `"{% ${[parts[0], meant, parts[1]].filter((part) => part !== '').join(' & ')} %}"`;
}
