/** Texts of numbers and names. */
import * as l10n from '@vscode/l10n';

export function percent(share: number): string {
  const value = 100 * share;
  return decimal(`${value > 99.95 && share < 1 ? '>99.9' : value.toFixed(1)} %`);
}

export function accuracyText(accuracy: number | null): string {
  return accuracy === null ? '' : decimal(`${accuracy.toFixed(1)} %`);
}

/** "50,000", as the editor's language groups digits. */
export function grouped(number: number): string {
  return number.toLocaleString(language());
}

let mark: string | undefined;

/** The numbers in the text with the decimal mark of the editor's language. Files have a point in all languages. */
export function decimal(text: string): string {
  mark ??= (0.5).toLocaleString(language()).charAt(1);
  return text.replaceAll('.', mark);
}

/** "1, 2 and 3" */
export function listed(items: readonly string[]): string {
  return new Intl.ListFormat(language()).format(items);
}

function language(): string {
  return typeof document === 'undefined' ? 'en' : document.documentElement.lang || 'en';
}

/** Three significant digits, with an exponent where the number is very small or large. */
export function shortNumber(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  return decimal(size < 1e-3 || size >= 1e4 ? value.toExponential(1) : String(Number(value.toPrecision(3))));
}

/** The fewest digits that give a float32 back exactly. */
export function exactNumber(value: number): string {
  for (let digits = 6; digits < 9; digits++) {
    const text = Number(value.toPrecision(digits));
    if (Math.fround(text) === value) return String(text);
  }
  return String(Number(value.toPrecision(9)));
}

/** "test 3", or a file's name. */
export function imageName(key: string): string {
  const inSet = /^(test|train):(\d+)$/.exec(key);
  if (inSet !== null)
    return inSet[1] === 'test' ? l10n.t('test {0}', inSet[2] ?? '') : l10n.t('train {0}', inSet[2] ?? '');
  return key.split(/[\\/]/).at(-1) ?? key;
}

export function className(classNames: readonly string[], index: number): string {
  return classNames[index] ?? l10n.t('class {0}', index);
}
