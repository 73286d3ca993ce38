/** Tiny-ImageNet's val/: pictures in one folder, and a table of their classes beside it. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { folderStamp, walk } from './walk';

export const ANNOTATIONS = 'val_annotations.txt';

/** Lines of a picture's name, a tab, its class, and what is not needed. @throws what the system throws */
export async function readAnnotated(folder: string, root: string, name: string) {
  const inner = join(folder, name);
  const table = join(inner, ANNOTATIONS);
  const walked = await walk(inner, root);
  const byName = new Map(walked.pictures.map((path) => [path.slice(path.lastIndexOf('/') + 1), `${name}/${path}`]));
  const byClass = new Map<string, string[]>();
  const absent: string[] = [];
  for (const line of (await readFile(table, 'utf8')).split(/\r?\n/)) {
    const [picture = '', label = ''] = line.split('\t');
    if (picture === '' || label === '') continue;
    const path = byName.get(picture);
    if (path === undefined) absent.push(`${name}/${picture}`);
    else byClass.set(label, [...(byClass.get(label) ?? []), path]);
  }
  return {
    byClass,
    groups: [{ name, files: walked.pictures.map((path) => `${name}/${path}`) }],
    isTable: false,
    stamps: [...walked.stamps, await folderStamp(table)],
    emptiness: { loose: 0, unread: walked.unread, outside: walked.outside },
    absent,
  };
}
