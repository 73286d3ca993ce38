import * as vscode from 'vscode';
import { SETTINGS } from '../ids';

/**
 * Environment variables for a process that downloads: the settings' mirrors, and VS Code's own proxy unless the
 * environment names one.
 */
export function networkEnvironment(): NodeJS.ProcessEnv {
  const own = vscode.workspace.getConfiguration(SETTINGS.section);
  const proxy = vscode.workspace.getConfiguration('http').get<string>('proxy', '');
  const named = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'].some((name) => process.env[name]);
  return {
    ...set('EPOCHLENS_CIFAR10_URL', own.get<string>(SETTINGS.cifar10Mirror, '')),
    ...set('HF_ENDPOINT', own.get<string>(SETTINGS.hubEndpoint, '')),
    ...(named ? {} : { ...set('HTTPS_PROXY', proxy), ...set('HTTP_PROXY', proxy) }),
  };
}

function set(name: string, value: string): NodeJS.ProcessEnv {
  return value.trim() === '' ? {} : { [name]: value.trim() };
}
