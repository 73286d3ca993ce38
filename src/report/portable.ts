/** Reports are passed on: what they say holds no absolute path of the machine that wrote them. */

/** A whole quoted value that is an absolute path, which may hold spaces. */
const QUOTED = /"((?:\/(?![/*])|[A-Za-z]:[\\/]|\\\\)[^"\n]*)"/g;
/** An absolute path in running text: two steps at least, or a drive. */
const BARE = /(?<![\w./\\:~+=…-])(?:\/(?:[^\s/"'`<>|:;,()]+\/)+|[A-Za-z]:(?:\\+|\/)|\\\\)[^\s"'`<>|;,()]*/g;

/**
 * A text whose absolute paths have lost their folders.
 * @param folders whose names may hold spaces: what begins with one of them is found by it
 */
export function withoutFolders(text: string, folders: readonly string[] = []): string {
  const known = [...folders].filter((folder) => folder.length > 1).sort((a, b) => b.length - a.length);
  const short = known.reduce((all, folder) => all.replaceAll(folder, `…/${lastStep(folder)}`), text);
  return short
    .replace(QUOTED, (_, path: string) => `"…/${lastStep(path)}"`)
    .replace(BARE, (path) => `…/${lastStep(path)}`);
}

function lastStep(path: string): string {
  return path.split(/[\\/]+/).findLast((step) => step !== '') ?? '';
}

/** The same of every text in a value; what is not a plain object or list stays as it is. */
export function portable<T>(value: T, folders: readonly string[]): T {
  return mapped(value, folders) as T;
}

function mapped(value: unknown, folders: readonly string[]): unknown {
  if (typeof value === 'string') {
    const whole = /^(?:\/[^/*\n]|[A-Za-z]:[\\/]|\\\\)[^\n]*$/.test(value);
    return whole ? `…/${lastStep(value)}` : withoutFolders(value, folders);
  }
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value))
    return value.every((each) => typeof each === 'number') ? value : value.map((each) => mapped(each, folders));
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, mapped(each, folders)]));
}
