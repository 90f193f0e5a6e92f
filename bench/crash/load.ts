const invoke = 'arn:aws:states:::lambda:invoke';

/** A task whose call names it, so that a second call is recognised. */
function task(name: string, step: string, fields: object = {}): object {
  return { Type: 'Task', Resource: invoke, Arguments: { FunctionName: name, Payload: { step } }, ...fields };
}

const token = { Resource: `${invoke}.waitForTaskToken` };

/** Everything that a crash could lose: tokens, calls, a retry, a wait, a Map. */
export const crashLoad = {
  QueryLanguage: 'JSONata',
  StartAt: 'All',
  States: {
    All: {
      Type: 'Parallel',
      Branches: [
        {
          StartAt: 'First',
          States: {
            First: task('First', 'First', { ...token, Next: 'Asked' }),
            Asked: task('Asked', 'Asked', { Next: 'Last' }),
            Last: task('Last', 'Last', { ...token, End: true }),
          },
        },
        {
          StartAt: 'Pause',
          States: {
            Pause: { Type: 'Wait', Seconds: 1, Next: 'Flaky' },
            Flaky: task('Flaky', "{% 'Flaky ' & $string($states.context.State.RetryCount) %}", {
              Retry: [{ ErrorEquals: ['Again'], IntervalSeconds: 1 }],
              End: true,
            }),
          },
        },
        {
          StartAt: 'Each',
          States: {
            Each: {
              Type: 'Map',
              Items: [0, 1, 2],
              MaxConcurrency: 2,
              ItemProcessor: {
                StartAt: 'Item',
                States: {
                  Item: task('Item', "{% 'Item ' & $string($states.context.Map.Item.Index) %}", {
                    ...token,
                    End: true,
                  }),
                },
              },
              End: true,
            },
          },
        },
      ],
      End: true,
    },
  },
};

/** Each is called once, and again with the same token if a crash came before its answer was on disk. */
export const stepsOfLoad = ['First', 'Asked', 'Last', 'Flaky 0', 'Flaky 1', 'Item 0', 'Item 1', 'Item 2'];
