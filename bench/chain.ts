/** A state machine of `length` tasks, one after the other, each waiting for its token. */
export function chain(length: number): object {
  const name = (index: number): string => `Step ${index + 1}`;
  const states = Array.from({ length }, (_, index): [string, object] => [
    name(index),
    {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Arguments: { FunctionName: 'start-task', Payload: { token: '{% $states.context.Task.Token %}' } },
      Output: '{% $states.input %}',
      ...(index + 1 < length ? { Next: name(index + 1) } : { End: true }),
    },
  ]);
  return { QueryLanguage: 'JSONata', StartAt: name(0), States: Object.fromEntries(states) };
}
