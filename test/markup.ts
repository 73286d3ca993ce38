/** A small, strict reader of the HTML that we write ourselves: every tag closed, every attribute quoted. */
export interface Element {
  /** Lower case; '#text' for text. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | undefined>>;
  /** Without text. */
  readonly children: readonly Element[];
  text(): string;
  /** This element's descendants of a name, in the text's order. */
  all(name: string): Element[];
  everything(): Element[];
}

const VOID = new Set(['meta', 'img', 'br', 'input', 'hr', 'link']);
const RAW = new Set(['style', 'script']);
const TAG = /<(\/?)([a-zA-Z][\w:-]*)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*(\/?)>/y;

interface Node {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly nodes: Node[];
  readonly content: string;
}

/** Throws where a tag is malformed or closes another one than is open. */
export function parseMarkup(text: string): Element {
  const root: Node = { name: '#root', attributes: {}, nodes: [], content: '' };
  const open: Node[] = [root];
  let at = text.startsWith('<!doctype html>') ? '<!doctype html>'.length : 0;
  while (at < text.length) {
    const parent = open.at(-1) as Node;
    const end = RAW.has(parent.name) ? text.indexOf(`</${parent.name}>`, at) : text.indexOf('<', at);
    if (end !== at) {
      const content = text.slice(at, end < 0 ? text.length : end);
      parent.nodes.push({ name: '#text', attributes: {}, nodes: [], content: decode(content) });
      at += content.length;
      continue;
    }
    TAG.lastIndex = at;
    const match = TAG.exec(text);
    if (match === null) throw new Error(`malformed at ${at}: ${text.slice(at, at + 80)}`);
    at = TAG.lastIndex;
    const [, closing, tag = '', attributes = '', selfClosing] = match;
    const name = tag.toLowerCase();
    if (closing === '/') {
      if (parent.name !== name) throw new Error(`</${name}> closes <${parent.name}> at ${at}`);
      open.pop();
      continue;
    }
    const node: Node = { name, attributes: parseAttributes(attributes), nodes: [], content: '' };
    parent.nodes.push(node);
    if (selfClosing !== '/' && !VOID.has(name)) open.push(node);
  }
  if (open.length > 1) throw new Error(`<${open.at(-1)?.name ?? ''}> is not closed`);
  return asElement(root);
}

function parseAttributes(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/([\w:-]+)(?:="([^"]*)")?/g)].map(([, name = '', value = '']) => [name, decode(value)]),
  );
}

function decode(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}

function asElement({ name, attributes, nodes, content }: Node): Element {
  const parts = nodes.map(asElement);
  const everything = (): Element[] => parts.flatMap((part) => [part, ...part.everything()]);
  return {
    name,
    attributes,
    children: parts.filter((part) => part.name !== '#text'),
    text: () => (name === '#text' ? content : parts.map((part) => part.text()).join('')),
    all: (wanted) => everything().filter((element) => element.name === wanted),
    everything,
  };
}
