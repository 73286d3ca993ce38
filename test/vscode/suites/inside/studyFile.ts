/** What is found in study files, seen from where another extension would see it. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { test } from '../../harness/inHost';
import { until } from '../../harness/until';

const FOLDER = (): string => vscode.workspace.workspaceFolders![0]!.uri.fsPath;

async function open(name: string, study: object): Promise<vscode.TextDocument> {
  const file = join(FOLDER(), `${name}.epochlens.json`);
  writeFileSync(file, JSON.stringify(study, null, 2));
  const document = await vscode.workspace.openTextDocument(file);
  await vscode.window.showTextDocument(document);
  return document;
}

async function problems({ uri }: vscode.TextDocument, count: number): Promise<vscode.Diagnostic[]> {
  const own = (): vscode.Diagnostic[] =>
    vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'EpochLens');
  await until(`EpochLens finds ${count}`, () => own().length === count);
  return own();
}

let opened = 0;

/** Whoever checks study files has looked at those that are open: at two more, which were opened later, as well. */
async function allLookedAt(): Promise<void> {
  const ours = await open(`later-${String(opened++)}`, { explain: { checkpoints: [999] } });
  await problems(ours, 1);
  const theirs = await open(`later-${String(opened++)}`, { training: { epochs: 'many' } });
  await until('the JSON schema is checked', () => vscode.languages.getDiagnostics(theirs.uri).length > 0);
}

/** Once there are any: the editor hears of a problem a moment after the extension has told it. */
async function fixes({ uri }: vscode.TextDocument, range: vscode.Range): Promise<vscode.CodeAction[]> {
  let edits: vscode.CodeAction[] = [];
  await until('there is a fix', async () => {
    const found = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      range,
    );
    edits = found.filter(({ edit }) => edit !== undefined);
    return edits.length > 0;
  });
  return edits;
}

test('a missing data folder is warned of, and can be done without', async () => {
  const document = await open('no-data', { dataset: { kind: 'cifar10', folder: 'nowhere' } });
  const [problem] = await problems(document, 1);
  assert.match(problem?.message ?? '', /There is no folder .*nowhere\. .*download CIFAR-10/);
  const fix = (await fixes(document, problem!.range)).find(({ title }) => title.startsWith('Use synthetic images'));
  assert.ok(fix?.edit);
  await vscode.workspace.applyEdit(fix.edit);
  assert.match(document.getText(), /"kind": "synthetic"/);
  assert.deepEqual(await problems(document, 0), []);
});

test('checkpoints after the last epoch and images that are not there are errors', async () => {
  const document = await open('beyond', {
    dataset: { kind: 'synthetic', testCount: 20 },
    training: { epochs: 2 },
    explain: { checkpoints: [0, 2, 5], images: { test: [3, 99] } },
  });
  const found = await problems(document, 2);
  assert.match(found[0]?.message ?? '', /Training ends before this epoch/);
  assert.match(found[1]?.message ?? '', /There is no test image 99: the study has 20/);
  const [first] = await fixes(document, found[0]!.range);
  assert.equal(first?.title, 'Leave out what is after epoch 2');
});

test('what the JSON schema says is not said twice', async () => {
  const document = await open('schema', { training: { epochs: 'many' } });
  await allLookedAt();
  assert.equal(vscode.languages.getDiagnostics(document.uri).length, 1);
});

test('a misspelt field has a quick fix', async () => {
  const document = await open('misspelt', { training: { epocs: 3 } });
  const at = document.positionAt(document.getText().indexOf('epocs') + 1);
  const [fix] = await fixes(document, new vscode.Range(at, at));
  assert.equal(fix?.title, 'Replace by "epochs"');
});

test('layers are completed by name', async () => {
  const document = await open('layers', { model: { architecture: 'resnet20' }, explain: { layer: 'auto' } });
  const at = document.positionAt(document.getText().indexOf('auto') + 1);
  const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    at,
  );
  assert.ok(items.some(({ label }) => label === '"layer3.2"'));
});

test('Create Study writes a study that has no problem', async () => {
  const uri = await vscode.commands.executeCommand<vscode.Uri>('epochlens.createStudy', 'fresh');
  const document = await vscode.workspace.openTextDocument(uri);
  assert.equal(document.languageId, 'jsonc');
  await allLookedAt();
  assert.deepEqual(vscode.languages.getDiagnostics(uri), []);
});
