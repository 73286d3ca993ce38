/** Reads and changes a study file's images in its text. */
import * as vscode from 'vscode';
import { applyEdits, findNodeAtLocation, modify, parseTree, type JSONPath, type Node } from 'jsonc-parser';
import { InputError } from '../../common/errors';
import type { ChosenImages } from '../../protocol/gallery';
import { parseJsonText, valueOfWhatIsThere } from '../../study/jsonText';

/** Only what can be read without checking the whole study, because this runs at every change of the file. */
export function readImages(text: string): { dataset: unknown; random: number | null } {
  const root = valueOfWhatIsThere(text);
  const random = field(field(field(root, 'explain'), 'images'), 'random');
  const named = field(field(root, 'explain'), 'images') !== undefined;
  return {
    dataset: field(root, 'dataset'),
    random: typeof random === 'number' ? random : named ? null : DEFAULT_RANDOM,
  };
}

/** What the text says of its images, to compare. */
export function imagesText(text: string): string {
  const root = valueOfWhatIsThere(text);
  return JSON.stringify(field(field(root, 'explain'), 'images') ?? null);
}

/** As the schema of the study file has it, where images are not named at all. */
const DEFAULT_RANDOM = 8;

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

/**
 * Replaces `explain.images` in the text; comments and everything else stay.
 *
 * @throws InputError where the text is no study file
 */
export function withImages(text: string, { test, train }: ChosenImages, file: string): string {
  requireObjects(text, IMAGES, file);
  const lists = { test, train };
  let now = without(text, [...IMAGES, 'random']);
  for (const set of SETS) now = lists[set].length > 0 ? withList(now, set, lists[set]) : without(now, [...IMAGES, set]);
  return SETS.reduce((filled, set) => fillIn(filled, set, lists[set]), now);
}

/**
 * Sets a field of an object in the text; undefined takes it out.
 * @throws InputError where the text is no study file
 */
export function withField(text: string, path: readonly string[], value: unknown, file: string): string {
  requireObjects(text, path.slice(0, -1), file);
  return value === undefined ? without(text, [...path]) : changed(text, [...path], value);
}

/** @throws InputError where something that is not an object is where the path leads through */
function requireObjects(text: string, path: readonly string[], file: string): void {
  const json = parseJsonText(text);
  const root = 'beyond' in json ? undefined : json.root;
  const nodes = root && path.map((_, at) => findNodeAtLocation(root, path.slice(0, at + 1)) ?? root);
  if (nodes !== undefined && [root, ...nodes].every((node) => node?.type === 'object')) return;
  throw new InputError(vscode.l10n.t('the selection cannot be saved'), {
    file,
    found: vscode.l10n.t('invalid JSON'),
    expected: vscode.l10n.t('a study'),
    advice: vscode.l10n.t('Correct what the editor marks, and save again'),
  });
}

const IMAGES = ['explain', 'images'] as const;
const SETS = ['test', 'train'] as const;
type SetName = (typeof SETS)[number];

function nodeAt(text: string, path: JSONPath): Node | undefined {
  const root = parseTree(text, [], { allowTrailingComma: true });
  return root && findNodeAtLocation(root, path);
}

function without(text: string, path: JSONPath): string {
  return nodeAt(text, path) === undefined ? text : changed(text, path, undefined);
}

/** A placeholder stands for the list until the end, because the library puts each number on a line of its own. */
function withList(text: string, set: SetName, indices: readonly number[]): string {
  const path = [...IMAGES, set];
  const node = nodeAt(text, path);
  if (node === undefined) return changed(text, path, placeholder(set));
  const { offset, length, type } = node;
  const old = text.slice(offset, offset + length);
  if (type === 'array' && /\/[/*]/.test(old)) return withItems(text, path, indices);
  return text.slice(0, offset) + JSON.stringify(placeholder(set)) + text.slice(offset + length);
}

function placeholder(set: SetName): string {
  return `epochlens:${set}`;
}

function fillIn(text: string, set: SetName, indices: readonly number[]): string {
  const mark = JSON.stringify(placeholder(set));
  const at = text.indexOf(mark);
  if (at === -1) return text;
  const indent = /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', at) + 1))?.[0] ?? '';
  return text.slice(0, at) + wrapped(indices, indent, eolOf(text)) + text.slice(at + mark.length);
}

/** In a list with comments, items that stay keep theirs. */
function withItems(text: string, path: JSONPath, indices: readonly number[]): string {
  const wanted = new Set(indices);
  const items = listAt(text, path);
  let now = text;
  for (const [place, item] of [...items.entries()].reverse()) {
    if (!wanted.has(item)) now = changed(now, [...path, place], undefined);
  }
  const there = new Set(items);
  for (const index of indices) {
    if (!there.has(index)) now = changed(now, [...path, listAt(now, path).length], index, true);
  }
  return now;
}

function listAt(text: string, path: JSONPath): number[] {
  return (nodeAt(text, path)?.children ?? []).map(({ value }) => Number(value));
}

function changed(text: string, path: JSONPath, value: unknown, isArrayInsertion = false): string {
  const formattingOptions = { insertSpaces: true, tabSize: 2, eol: eolOf(text) };
  return applyEdits(text, modify(text, path, value, { formattingOptions, isArrayInsertion }));
}

function eolOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

const WIDTH = 100;

/** Formats `[3, 17, 42]` in lines of at most about 100 characters. */
function wrapped(indices: readonly number[], indent: string, eol: string): string {
  const one = `[${indices.join(', ')}]`;
  if (one.length <= WIDTH) return one;
  const lines: string[] = [];
  for (const index of indices) {
    const line = lines.at(-1);
    const fits = line !== undefined && line.length + String(index).length + 2 <= WIDTH;
    if (fits) lines[lines.length - 1] = `${line} ${index},`;
    else lines.push(`${indent}  ${index},`);
  }
  return [`[`, ...lines].join(eol).replace(/,$/, `${eol}${indent}]`);
}

/** The single range in which two texts differ. */
export function difference(before: string, after: string): { start: number; end: number; text: string } {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let tail = 0;
  while (tail < most - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return { start, end: before.length - tail, text: after.slice(start, after.length - tail) };
}
