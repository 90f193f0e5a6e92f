/** Where the console of a region is. Each partition of AWS has its own domain. */
export function consoleOf(region: string): string {
  if (region.startsWith('cn-')) return `https://${region}.console.amazonaws.cn`;
  if (region.startsWith('us-gov-')) return `https://${region}.console.amazonaws-us-gov.com`;
  return `https://${region}.console.aws.amazon.com`;
}

/** Step Functions' page of an execution. */
export function executionPage(region: string, executionArn: string): string {
  return `${consoleOf(region)}/states/home?region=${region}#/v2/executions/details/${executionArn}`;
}
