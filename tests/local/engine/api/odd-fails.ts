/** A distributed Map whose children fail for the item 2. It tolerates one failure. */
export const oddFails = {
  StartAt: 'Far',
  States: {
    Far: {
      Type: 'Map',
      ToleratedFailureCount: 1,
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'Odd',
        States: {
          Odd: { Type: 'Choice', Choices: [{ Variable: '$', NumericEquals: 2, Next: 'Bad' }], Default: 'Good' },
          Bad: { Type: 'Fail' },
          Good: { Type: 'Succeed' },
        },
      },
      End: true,
    },
  },
};
