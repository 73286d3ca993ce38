/** Numbers and lists in prose, as VS Code's language writes them. Files have a point in all languages. */
import * as vscode from 'vscode';
import { bytesText as englishBytes } from '../common/bytesText';

/** The numbers in the text with the language's decimal mark. */
export function decimal(text: string): string {
  return text.replaceAll('.', (0.5).toLocaleString(vscode.env.language).charAt(1));
}

/** "50,000" */
export function grouped(number: number): string {
  return number.toLocaleString(vscode.env.language);
}

/** "1.2 GB" */
export function bytesText(bytes: number): string {
  return decimal(englishBytes(bytes));
}

/** "1, 2, and 3" */
export function listed(items: readonly string[]): string {
  return new Intl.ListFormat(vscode.env.language).format(items);
}
