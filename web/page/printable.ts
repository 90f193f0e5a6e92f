/**
 * Makes text of jobs and keys safe to show. Control characters, and those that change the direction of text, could make
 * it look like something else.
 */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  const plain = text.replace(/\u001b\[[0-9;?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?/g, '');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return plain.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '�');
}
