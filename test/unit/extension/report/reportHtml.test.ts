/** A report as its panel shows it: its own page, and nothing that another file brings along runs. */
import { expect, test } from 'vitest';
import { isReport, messagePage, reportPage } from '../../../../src/extension/report/reportHtml';
import { html } from '../../../../src/report/markup';
import { policyMeta, scriptElement, styleElement } from '../../../../src/report/policy';

const INLINE = { style: 'p { color: red }', script: "console.log('$&')" };
const REPORT = `<!doctype html>
${
  html`<html lang="en">
    <head>
      ${policyMeta(INLINE)}
      <title>s – EpochLens</title>
      ${styleElement(INLINE)}
    </head>
    <body>
      <p>$1</p>
      ${scriptElement(INLINE)}
    </body>
  </html>`.text
}
`;
const PAGE = {
  file: '/runs/"a" & b/report.html',
  language: 'en',
  barName: 'Report',
  buttons: [{ action: 'openExternally', text: 'Open <Externally>' }],
} as const;

/** The directives of the first policy, which is the panel's. */
function policyOf(page: string): Record<string, string> {
  const [, policy = ''] = /Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
  const directives = policy.split('; ').map((each) => /^(\S+) (.*)$/.exec(each)?.slice(1) as [string, string]);
  return Object.fromEntries(directives);
}

test('a report keeps its own page and policy, after a stricter one', () => {
  expect(isReport(REPORT)).toBe(true);
  const page = reportPage(REPORT, PAGE, true);
  const [before, own] = page.split('<title>s');
  expect(page.match(/Content-Security-Policy/g)).toHaveLength(2);
  expect(before).toContain('data-file="/runs/&#34;a&#34; &#38; b/report.html"');
  expect(own).toContain('Open &#60;Externally&#62;');
  expect(page).toContain("console.log('$&')");
  expect(policyOf(page)).toMatchObject({ 'default-src': "'none'", 'img-src': 'data:', 'base-uri': "'none'" });
});

test('its script runs by its hash where the workspace is trusted, and no other script ever does', () => {
  const [hash = ''] = /'sha256-[^']+'(?=; base-uri)/.exec(policyMeta(INLINE).text.replaceAll('&#39;', "'")) ?? [];
  expect(hash).not.toBe('');
  expect(policyOf(reportPage(REPORT, PAGE, true))['script-src']).toContain(hash);
  expect(policyOf(reportPage(REPORT, PAGE, false))['script-src']).toMatch(/^'nonce-[\w-]{22}'$/);
  const evil = REPORT.replace(/script-src [^;]*/, "script-src 'unsafe-inline' https://example.org *");
  expect(policyOf(reportPage(evil, PAGE, true))['script-src']).toMatch(/^'nonce-[\w-]{22}'$/);
});

test('a file that is cut off, or is something else, is no report', () => {
  const others = ['', REPORT.slice(0, -20), 'a text', '<!doctype html><html><body></body></html>'];
  for (const text of others) expect(isReport(text)).toBe(false);
  const page = messagePage('The report is <gone>', 'There is no "report.html" any more.', PAGE);
  expect(page).toContain('<h1>The report is &#60;gone&#62;</h1>');
  expect(policyOf(page)['script-src']).toMatch(/^'nonce-/);
});
