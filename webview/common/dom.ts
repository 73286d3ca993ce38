/** Builds the page. Texts only become text nodes, so that nothing from a file is taken for markup. */

export type Child = Node | string | number | null | undefined | false;

export interface Properties {
  readonly class?: string;
  /** Set by JavaScript, which the content security policy allows, unlike the attribute. */
  readonly style?: Readonly<Record<string, string>>;
  readonly on?: { readonly [K in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[K]) => void };
  /** Attributes: `true` sets one without a value; `false` and undefined leave it out. */
  readonly [attribute: string]: unknown;
}

export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties?: Properties,
  ...children: Child[]
): HTMLElementTagNameMap[K];
export function h(tag: string, properties?: Properties, ...children: Child[]): HTMLElement;
export function h(tag: string, properties: Properties = {}, ...children: Child[]): HTMLElement {
  const element = document.createElement(tag);
  const { style, on, ...attributes } = properties;
  for (const [name, value] of Object.entries(attributes)) setAttribute(element, name, value);
  for (const [name, value] of Object.entries(style ?? {})) element.style.setProperty(name, value);
  for (const [name, listener] of Object.entries(on ?? {})) element.addEventListener(name, listener as EventListener);
  element.append(...children.filter(isShown).map((child) => (typeof child === 'number' ? String(child) : child)));
  return element;
}

export function setAttribute(element: Element, name: string, value: unknown): void {
  if (typeof value === 'string' || typeof value === 'number') element.setAttribute(name, String(value));
  else if (value === true) element.setAttribute(name, '');
  else element.removeAttribute(name);
}

function isShown(child: Child): child is Node | string | number {
  return child !== null && child !== undefined && child !== false;
}
