/** Files that panels have exported, read as others read them. */
import { readFile } from 'node:fs/promises';
import { decode } from 'fast-png';

export interface Figure {
  readonly width: number;
  readonly height: number;
  /** How many different colours it has: an empty one has few. */
  readonly colours: number;
  /** RGB, a row after another. */
  readonly pixels: Uint8Array;
}

export async function readFigure(path: string): Promise<Figure> {
  return figureOf(await readFile(path));
}

export function figureOf(bytes: Uint8Array): Figure {
  const { width, height, channels, data } = decode(bytes);
  const pixels = new Uint8Array(width * height * 3);
  const colours = new Set<number>();
  for (let at = 0; at < width * height; at++) {
    let colour = 0;
    for (let part = 0; part < 3; part++) {
      const value = Number(data[at * channels + part]);
      pixels[at * 3 + part] = value;
      colour = (colour << 8) | value;
    }
    colours.add(colour);
  }
  return { width, height, colours: colours.size, pixels };
}

/** The lines of a CSV file as records of its header's names. No cell here has a line break. */
export async function readTable(path: string): Promise<Record<string, string>[]> {
  const [header = [], ...lines] = (await readFile(path, 'utf8')).trimEnd().split(/\r?\n/).map(cellsOf);
  return lines.map((line) => Object.fromEntries(line.map((cell, at) => [header[at] ?? `column ${at}`, cell])));
}

/** RFC 4180. */
function cellsOf(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(
    ([, quoted, plain = '']) => quoted?.replaceAll('""', '"') ?? plain,
  );
}
