/** The font of `.graph text`. */
const font = '550 12.5px';
/** Characters kept at the end of a name: similar names differ there. */
const tail = 8;

let context: CanvasRenderingContext2D | null | undefined;
const fitted = new Map<string, string>();

/** The text, or its start and end, to fit into this many pixels. */
export function fitText(text: string, room: number): string {
  const key = `${room} ${text}`;
  const known = fitted.get(key) ?? fit(text, room);
  if (fitted.size > 20_000) fitted.clear();
  fitted.set(key, known);
  return known;
}

function fit(text: string, room: number): string {
  // no letter is wider than the text's height
  if (text.length * 12.5 <= room || widthOf(text) <= room) return text;
  for (let head = Math.min(text.length - tail - 1, 24); head > 0; head -= 1) {
    const short = `${text.slice(0, head)}…${text.slice(-tail)}`;
    if (widthOf(short) <= room) return short;
  }
  return `${text.slice(0, tail)}…`;
}

function widthOf(text: string): number {
  if (context === undefined) {
    context = document.createElement('canvas').getContext('2d');
    if (context !== null) context.font = `${font} ${getComputedStyle(document.body).fontFamily}`;
  }
  return context === null ? text.length * 7.5 : context.measureText(text).width;
}
