/** HTML from values, escaped. */

export class Markup {
  constructor(readonly text: string) {}
}

type Value = Markup | string | number | null | undefined | false | readonly Value[];

/** A template literal of HTML. Values are escaped, unless they are markup themselves; nothing stands for false and null. */
export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return new Markup(strings.reduce((text, string, index) => text + render(values[index - 1]) + string));
}

function render(value: Value): string {
  if (value instanceof Markup) return value.text;
  if (isList(value)) return value.map(render).join('');
  return value === null || value === undefined || value === false ? '' : escape(String(value));
}

/** `Array.isArray` does not narrow a read-only array. */
function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** Text that is not escaped: ours alone, such as a style sheet or a drawing. */
export function trusted(text: string): Markup {
  return new Markup(text);
}
