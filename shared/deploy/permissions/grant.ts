/** `STACK` stands for SERVICE-STAGE, `*` for Region and account. */
export type Grant = { readonly actions: readonly string[]; readonly on: readonly string[] };

/** An ARN of any Region and account. */
export const of = (service: string, resource: string): string => `arn:*:${service}:*:*:${resource}`;

/** IAM has no resource level for the calls, or only ids that are not known before. */
export const anywhere: readonly string[] = ['*'];
