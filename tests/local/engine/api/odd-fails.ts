/** A distributed Map whose children fail where the item is 2; one failure is tolerated. */
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
