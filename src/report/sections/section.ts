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
