/** The ARN of a role, and the last part of it. */
export const roleArn = /^arn:[a-z-]+:iam::\d{12}:(role\/[\w+=,.@/-]{1,512})$/;

/** The name or the ARN of a role. */
export const roleName = /^(?:[\w+=,.@-]{1,64}|arn:[a-z-]+:iam::\d{12}:role\/[\w+=,.@/-]{1,512})$/;

/** The role that Gluewright passes to a service with the work. Tasks write its name or its ARN. */
export function passedRole(service: string) {
  return {
    service: 'iam',
    resource: (role: string) => roleArn.exec(role)?.[1] ?? `role/${role}`,
    scope: 'account',
    condition: { StringEquals: { 'iam:PassedToService': service } },
  } as const;
}
