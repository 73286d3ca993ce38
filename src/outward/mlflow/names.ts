/** Names and lengths that MLflow takes: mlflow/utils/validation.py. */

export const MOST = { metrics: 1000, params: 100, entities: 1000, key: 250, param: 6000, tag: 5000 };

/**
 * By the names of tags: letters, digits, "_", "-", ".", " " and "/" alone stay: "rotation −15…15°" is "rotation -15 to 15".
 * Names that would then be one are numbered.
 */
export function mlflowNames(tags: Iterable<string>): Map<string, string> {
  const names = new Map<string, string>();
  const used = new Set<string>();
  for (const tag of new Set(tags)) {
    const plain = plainName(tag);
    let name = plain;
    for (let count = 2; used.has(name); count++) name = `${plain} ${count}`;
    used.add(name);
    names.set(tag, name);
  }
  return names;
}

function plainName(tag: string): string {
  const parts = tag.split('/').map((part) =>
    part
      .replaceAll('−', '-')
      .replaceAll('…', ' to ')
      .normalize('NFKD')
      .replace(/[^A-Za-z0-9_\-. ]+/g, '')
      .replace(/ +/g, ' ')
      .trim(),
  );
  const name = parts.filter((part) => !/^\.*$/.test(part)).join('/');
  return (name === '' ? 'unnamed' : name).slice(0, MOST.key - 10);
}

/** At most so many UTF-16 units and no half characters, with a sign that something was cut. */
export function cutTo(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

export function inParts<T>(items: readonly T[], most: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / most) }, (_, at) => items.slice(at * most, (at + 1) * most));
}
