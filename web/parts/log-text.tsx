export type LogBlock = { readonly isError: boolean; readonly text: string };

type Props = {
  readonly blocks: readonly LogBlock[];
  /** Text to mark. Empty: nothing is marked. */
  readonly wanted: string;
  /** The number of the mark that the reader is at, from 1. 0: at none. */
  readonly current: number;
};

/** The text of a log with its hits. Everything stays text in one element, for the browser's own find and copy. */
export function LogText({ blocks, wanted, current }: Props) {
  let number = 0;
  return blocks.map(({ isError, text }, index) => (
    <span key={index} class={isError ? 'stderr' : ''}>
      {wanted === ''
        ? text
        : text.split(wanted).map((part, at) => {
            if (at === 0) return part;
            number += 1;
            return (
              <>
                <mark class={number === current ? 'here' : ''}>{wanted}</mark>
                {part}
              </>
            );
          })}
    </span>
  ));
}
