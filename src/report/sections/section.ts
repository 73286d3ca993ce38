/** What a section is. */
import type { Part, ReportContent, RunContent } from '../content';
import { html, type Markup } from '../markup';

export interface Section {
  /** Of its heading, to be linked to. */
  readonly id: string;
  readonly title: string;
  readonly body: Markup;
}

/** Something for each run, under its name where there are several. */
export function eachRun({ runs }: ReportContent, of: (run: RunContent) => Markup): Markup {
  if (runs.length === 1) return html`${runs.map(of)}`;
  return html`${runs.map(
    (run) =>
      html`<h3>${run.name}</h3>
        ${of(run)}`,
  )}`;
}

/** Something for each run that has such a part, under its name where there are several runs; undefined where none has. */
export function runsWith<T>(
  { runs }: ReportContent,
  partIn: (run: RunContent) => T | undefined,
  show: (run: RunContent, part: T) => Markup,
): Markup | undefined {
  const shown = runs.flatMap((run) => {
    const part = partIn(run);
    if (part === undefined) return [];
    return [html`${runs.length > 1 && html`<h3>${run.name}</h3>`}${show(run, part)}`];
  });
  return shown.length === 0 ? undefined : html`${shown}`;
}

/** What a part shows, or why there is none. */
export function partOf<T>(part: Part<T>, show: (value: T) => Markup): Markup {
  return part.there ? show(part.value) : html`<p class="absent">${part.reason}</p>`;
}

/** A picture of some kind, with its caption. */
export function figure(content: Markup, caption: Markup | string): Markup {
  return html`<figure>
    ${content}
    <figcaption>${caption}</figcaption>
  </figure>`;
}
