import type { DefinitionView } from '../../shared/views/pipelines/definition-view.ts';

/** A piece of the text. `task`: the task that it defines. */
export type Passage = { readonly task?: string; readonly text: string };

/** A definition as people write it, without values that equal their default. */
export function definitionText({
  description,
  params,
  runs,
  tasks,
}: Pick<DefinitionView, 'description' | 'params' | 'runs' | 'tasks'>): readonly Passage[] {
  const head = [
    ...(description === undefined ? [] : [`description: ${scalar(description)}`]),
    ...(params.length === 0 ? [] : ['params:']),
    ...params.flatMap(({ name, type, default: fallback, description: said }) => [
      `  ${scalar(name)}:`,
      `    type: ${type}`,
      ...(fallback === undefined ? [] : [`    default: ${JSON.stringify(fallback)}`]),
      ...(said === undefined ? [] : [`    description: ${scalar(said)}`]),
    ]),
    `runs: { max: ${runs.max}, overlap: ${runs.overlap}, deadlineSeconds: ${runs.deadlineSeconds} }`,
    'tasks:',
  ];
  return [{ text: `${head.join('\n')}\n` }, ...tasks.map((task) => ({ task: task.name, text: taskText(task) }))];
}

function taskText(task: DefinitionView['tasks'][number]): string {
  const lines = [
    `  ${scalar(task.name)}:`,
    ...(task.description === undefined ? [] : [`    description: ${scalar(task.description)}`]),
    `    ${task.kind}: ${scalar(task.work)}`,
    ...(task.after.length === 0 ? [] : [`    after: [${task.after.map(scalar).join(', ')}]`]),
    ...(task.when === 'all_succeeded' ? [] : [`    when: ${task.when}`]),
    ...(task.if === undefined ? [] : [`    if: ${scalar(task.if)}`]),
    `    attempts: ${task.attempts}`,
    `    timeoutSeconds: ${task.timeoutSeconds}`,
    ...(task.deadlineSeconds === undefined ? [] : [`    deadlineSeconds: ${task.deadlineSeconds}`]),
    ...(task.tolerate ? ['    tolerate: true'] : []),
    ...(task.publishes.length === 0 ? [] : [`    publishes: [${task.publishes.map(scalar).join(', ')}]`]),
  ];
  return `${lines.join('\n')}\n`;
}

/** Unquoted if YAML reads it as the same text. */
function scalar(text: string): string {
  return /^[A-Za-z_][\w ./()-]*$/.test(text) && !/^(true|false|null|yes|no|on|off)$/i.test(text) && text.trim() === text
    ? text
    : JSON.stringify(text);
}
