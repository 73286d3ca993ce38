/** What a JSON schema asks for at a place, in words. */
import type { JsonPath } from './problem';

/** The keywords that our schemas use. */
export interface SchemaNode {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly SchemaNode[];
  readonly oneOf?: readonly SchemaNode[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  /** Of an object whose fields may have any name of a kind: what the names are. */
  readonly propertyNames?: SchemaNode;
  /** A list of them is draft 7's `prefixItems`. */
  readonly items?: SchemaNode | readonly SchemaNode[] | false;
  readonly prefixItems?: readonly SchemaNode[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly patternErrorMessage?: string;
}

/** The schema at a path of a value; the value's "kind" picks among alternatives. */
export function schemaAt(schema: SchemaNode, path: JsonPath, value: unknown): SchemaNode | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return schema;
  const children = branches(schema, value).map((branch) => childOf(branch, step));
  const known = children.filter((child) => child !== undefined);
  const only = known.length > 1 ? { anyOf: known } : known[0];
  return only && schemaAt(only, rest, field(value, step));
}

/** The fields that the schema knows for an object. */
export function knownFields(schema: SchemaNode, value: unknown): string[] {
  return [...new Set(branches(schema, value).flatMap((branch) => Object.keys(branch.properties ?? {})))];
}

/** The texts that the schema names: constants and enumerations. */
export function knownTexts(schema: SchemaNode): string[] {
  const own = [schema.const, ...(schema.enum ?? [])].filter((value) => typeof value === 'string');
  return [...own, ...alternatives(schema).flatMap(knownTexts)];
}

/** `a whole number from 0 to 10000`, `"constant" or "cosine"` */
export function words(schema: SchemaNode): string {
  return listed([...new Set(wordings(schema))]);
}

function wordings(schema: SchemaNode): string[] {
  const inner = alternatives(schema);
  if (inner.length > 0) return inner.flatMap(wordings);
  if (schema.const !== undefined) return [JSON.stringify(schema.const)];
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value));
  return [typeWords(schema)];
}

function typeWords(schema: SchemaNode): string {
  switch (schema.type) {
    case 'integer':
      return `a whole number${range(schema)}`;
    case 'number':
      return `a number${range(schema)}`;
    case 'string':
      return schema.patternErrorMessage ?? (schema.minLength === undefined ? 'text' : 'text that is not empty');
    case 'array':
      return `${listLength(schema)}, each ${words(childOf(schema, 0) ?? {})}`;
    case 'boolean':
      return 'true or false';
    default:
      return 'an object, {…}';
  }
}

function listLength({ minItems = 0, maxItems }: SchemaNode): string {
  if (minItems === maxItems) return `a list of ${String(minItems)}`;
  if (maxItems === undefined) return minItems === 0 ? 'a list' : `a list of ${String(minItems)} or more`;
  return `a list of ${String(minItems)} to ${String(maxItems)}`;
}

function range({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: SchemaNode): string {
  const low = minimum ?? (exclusiveMinimum === undefined ? undefined : `above ${String(exclusiveMinimum)}`);
  const high = maximum ?? (exclusiveMaximum === undefined ? undefined : `below ${String(exclusiveMaximum)}`);
  if (low !== undefined && high !== undefined) return ` from ${String(low)} to ${String(high)}`;
  if (low !== undefined) return `, at least ${String(low)}`;
  return high === undefined ? '' : `, at most ${String(high)}`;
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? (parts[0] ?? 'a value') : `${parts.slice(0, -1).join(', ')} or ${String(parts.at(-1))}`;
}

function alternatives(schema: SchemaNode): readonly SchemaNode[] {
  return schema.anyOf ?? schema.oneOf ?? [];
}

function branches(schema: SchemaNode, value: unknown): readonly SchemaNode[] {
  if (alternatives(schema).length === 0) return [schema];
  const all = innermost(schema);
  const ofKind = all.filter((branch) => branch.properties?.['kind']?.const === field(value, 'kind'));
  return ofKind.length > 0 ? ofKind : all;
}

/** The alternatives, with those of an alternative in its place; the schema itself where it has none. */
function innermost(schema: SchemaNode): readonly SchemaNode[] {
  const inner = alternatives(schema);
  return inner.length === 0 ? [schema] : inner.flatMap(innermost);
}

function childOf(schema: SchemaNode, step: string | number): SchemaNode | undefined {
  if (typeof step === 'string') return schema.properties?.[step];
  const { prefixItems, items } = schema;
  if (items instanceof Array) return items[step];
  return prefixItems?.[step] ?? (items === false ? undefined : items);
}

function field(value: unknown, step: string | number): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string | number, unknown>)[step] : undefined;
}
