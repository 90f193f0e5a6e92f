import type { Terminal } from '../terminal/terminal.ts';
import type { PipelineTemplate, Values } from './pipeline-template.ts';
import { readTemplateParam, type TemplateParam } from './template-params.ts';

type Collected = { readonly values: Values } | { readonly problems: readonly string[] };

/** Reads the given parameters and, on a terminal, asks for the others. */
export async function collectParams(
  { params }: PipelineTemplate,
  given: Values,
  { ask, err }: Terminal,
): Promise<Collected> {
  const values: Record<string, string> = {};
  const problems: string[] = [];
  const known = params.map(({ name }) => name);
  for (const name of Object.keys(given).filter((one) => !known.includes(one)))
    problems.push(`there is no parameter ${name}; there are ${known.join(', ')}`);
  for (const param of params.filter(({ name }) => Object.hasOwn(given, name))) {
    const read = readTemplateParam(param, given[param.name] ?? '');
    if ('problem' in read) problems.push(`${param.name}: ${read.problem}`);
    else values[param.name] = read.value;
  }
  // wrong arguments are refused before the first question
  if (problems.length > 0) return { problems };
  for (const param of params.filter(({ name }) => values[name] === undefined)) {
    const answer = ask === undefined ? undefined : await answerTo(param, ask, err);
    const value = answer ?? param.fallback;
    if (value !== undefined) values[param.name] = value;
    else problems.push(`${param.name} is missing: give --param ${param.name}=VALUE, such as ${param.example}`);
  }
  return problems.length > 0 ? { problems } : { values };
}

/** Asks until the answer is valid. @returns undefined: the answer is empty */
async function answerTo(
  param: TemplateParam,
  ask: (question: string) => Promise<string>,
  err: (text: string) => void,
): Promise<string | undefined> {
  const hint = param.type === 'choice' ? param.choices.join(' or ') : `such as ${param.example}`;
  const ending = param.fallback === undefined ? hint : `${hint}; ${param.fallback} by default`;
  for (;;) {
    const answer = (await ask(`${param.name}: ${param.about} (${ending}): `)).trim();
    if (answer === '') return undefined;
    const read = readTemplateParam(param, answer);
    if ('value' in read) return read.value;
    err(read.problem);
  }
}
