/** A module loader: Node.js before 22 does not read TypeScript itself. `node --import ./tests/paper/typescript.mjs FILE.ts` */
import { readFileSync } from 'node:fs';
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'esbuild';

if (!import.meta.url.includes('?')) register('./typescript.mjs?loader', import.meta.url);

export function load(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context);
  const { code } = transformSync(readFileSync(fileURLToPath(url), 'utf8'), { loader: 'ts', format: 'esm', target: 'node20' });
  return { format: 'module', source: code, shortCircuit: true };
}
