import { basename } from 'node:path';
import { freeName, namesakesOf, type LocatedStudy } from '../../study';
import type { Output } from './output';

/** A line where another study in the folder has this one's name: their runs stay apart, and are hard to tell apart. */
export async function sayNamesakes({ path, folder, study }: LocatedStudy, output: Output): Promise<void> {
  const others = await namesakesOf(path, study.name);
  if (others.length === 0) return;
  const names = others.map((other) => basename(other)).join(', ');
  output.log(
    `${names} has the name "${study.name}", too: runs belong to the file that they were started from. ` +
      `To tell them apart by name, give this one another, such as "${await freeName(folder, study.name, path)}".`,
  );
}
