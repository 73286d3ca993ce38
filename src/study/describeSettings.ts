/** Says in each setting's description what it takes and what it is by default, as hovers and completion show it. */
import { capital } from '../common/capital';
import { words, type SchemaNode } from './expectation';

/** A JSON schema's node with what our schemas say of themselves. */
export interface DescribedNode extends SchemaNode {
  readonly description?: string;
  readonly default?: unknown;
  readonly required?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  /** What holds where the setting is absent, in words, where that is not one value. */
  readonly absent?: string;
}

/** The schema with longer descriptions, as text and as Markdown, and with snippets for entries that have a `kind`. */
export function describeSettings(schema: DescribedNode): object {
  return walk(schema) as object;
}

function walk(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(walk);
  if (typeof node !== 'object' || node === null) return node;
  const { properties, required = [], ...rest } = node as DescribedNode;
  const inner = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [key, isData(key) ? value : walk(value)]),
  );
  if (properties === undefined) return { ...inner, ...kindsOf(rest.oneOf) };
  const described = Object.entries(properties).map(([name, setting]) => {
    const described = { ...(walk(setting) as object), ...descriptions(setting, required.includes(name)) };
    return [name, { ...described, absent: undefined }];
  });
  const kind = properties['kind']?.const;
  return {
    ...inner,
    properties: Object.fromEntries(described) as object,
    ...(required.length === 0 ? {} : { required }),
    ...(typeof kind === 'string' ? { defaultSnippets: [snippet(kind, properties)] } : {}),
  };
}

/** Every kind of an entry, so that completion also offers one that lacks what it needs beside its kind. */
function kindsOf(entries: readonly DescribedNode[] = []): object {
  const kinds = entries.map(({ properties }) => properties?.['kind'] as DescribedNode | undefined);
  if (kinds.length === 0 || kinds.some((kind) => kind?.const === undefined)) return {};
  const kind = { enum: kinds.map((each) => each?.const), enumDescriptions: kinds.map((each) => each?.description) };
  return { properties: { kind } };
}

/** Keywords whose values are no schemas. */
function isData(key: string): boolean {
  return ['default', 'examples', 'const', 'enum', 'enumDescriptions', 'absent'].includes(key);
}

function descriptions(setting: DescribedNode, isRequired: boolean): Partial<Record<string, string>> {
  const { description, const: constant } = setting;
  if (description === undefined || constant !== undefined) return {};
  const facts = [takesText(setting), defaultText(setting, isRequired)].filter((fact) => fact !== undefined);
  return { description: [description, ...facts].join(' '), markdownDescription: [description, ...facts].join('\n\n') };
}

/** Nothing of a section, whose fields say what it takes. */
function takesText(setting: DescribedNode): string | undefined {
  const takes = words(setting);
  return takes === 'an object, {…}' ? undefined : `${capital(takes)}.`;
}

function defaultText({ default: value, absent }: DescribedNode, isRequired: boolean): string | undefined {
  if (absent !== undefined) return `Default: ${absent}.`;
  if (value !== undefined && JSON.stringify(value) !== '{}') return `Default: ${JSON.stringify(value)}.`;
  return isRequired ? 'It must be given.' : undefined;
}

/** An entry of a kind with its own settings, to be filled in. */
function snippet(kind: string, properties: Readonly<Record<string, DescribedNode>>): object {
  const own = Object.entries(properties).flatMap(([name, setting]) => {
    const value = setting.default ?? setting.enum?.[0];
    return SHARED.has(name) || value === undefined ? [] : [[name, value] as const];
  });
  return { label: kind, description: properties['kind']?.description, body: { kind, ...Object.fromEntries(own) } };
}

/** Settings of every kind, whose defaults are mostly meant. */
const SHARED: ReadonlySet<string> = new Set(['kind', 'rounds', 'seed', 'images', 'expect']);
