import { crc32, deflateSync, inflateSync } from 'node:zlib';

/** The same picture with at most 256 colours: pictures of a page then weigh a third. @param png 8 bits a channel */
export function smallPng(png: Buffer): Buffer {
  const { width, height, pixels } = decode(png);
  const indexOf = paletteOf(pixels);
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      rows[y * (width + 1) + 1 + x] = indexOf.get(pixels[y * width + x] ?? 0) ?? 0;
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  const palette = Buffer.alloc(768);
  for (const [colour, index] of indexOf) {
    if (palette.readUIntBE(index * 3, 3) === 0) palette.writeUIntBE(colour, index * 3, 3);
  }
  const signature = png.subarray(0, 8);
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('PLTE', palette),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(named.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(named, 4);
  framed.writeUInt32BE(crc32(named), named.length + 4);
  return framed;
}

type Picture = { readonly width: number; readonly height: number; readonly pixels: Uint32Array };

function decode(png: Buffer): Picture {
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const channels = png[25] === 6 ? 4 : 3;
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const raw = inflateSync(Buffer.concat(parts));
  const stride = width * channels;
  const bytes = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (stride + 1)] ?? 0;
    for (let x = 0; x < stride; x += 1) {
      const left = x < channels ? 0 : (bytes[y * stride + x - channels] ?? 0);
      const up = y === 0 ? 0 : (bytes[(y - 1) * stride + x] ?? 0);
      const corner = y === 0 || x < channels ? 0 : (bytes[(y - 1) * stride + x - channels] ?? 0);
      bytes[y * stride + x] = (raw[y * (stride + 1) + 1 + x] ?? 0) + predicted(filter, left, up, corner);
    }
  }
  const pixels = new Uint32Array(width * height);
  for (let at = 0; at < pixels.length; at += 1) pixels[at] = bytes.readUIntBE(at * channels, 3);
  return { width, height, pixels };
}

/** PNG's filters: none, sub, up, average, Paeth. */
function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter !== 4) return 0;
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

/** For each colour, the index of the nearest colour in the palette of the most used ones. */
function paletteOf(pixels: Uint32Array): ReadonlyMap<number, number> {
  const uses = new Map<number, number>();
  for (const colour of pixels) uses.set(colour, (uses.get(colour) ?? 0) + 1);
  const sorted = [...uses].toSorted(([, a], [, b]) => b - a).map(([colour]) => colour);
  const kept = sorted.slice(0, 256);
  const indexOf = new Map(kept.map((colour, index) => [colour, index]));
  for (const colour of sorted.slice(256)) {
    let nearest = 0;
    let least = Number.POSITIVE_INFINITY;
    kept.forEach((each, index) => {
      const far = [16, 8, 0].reduce((sum, bits) => sum + (((each >> bits) & 255) - ((colour >> bits) & 255)) ** 2, 0);
      if (far < least) [nearest, least] = [index, far];
    });
    indexOf.set(colour, nearest);
  }
  return indexOf;
}
