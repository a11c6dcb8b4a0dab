/** Ends the real backends that the tests started, when all tests are over: several files share them. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const scripts = ['wordpress.sh', 'ghost.sh', 'strapi.sh', 'directus.sh'].map((name) => fileURLToPath(new URL(`../backends/${name}`, import.meta.url)));
const isRunning = (script: string): Promise<boolean> => run('bash', [script, 'status']).then(() => true, () => false);

/** Runs before the tests; what it returns runs after them. Backends that ran before go on running. */
export default async function setUp(): Promise<() => Promise<void>> {
  const ranBefore = await Promise.all(scripts.map(isRunning));
  return async () => {
    for (const [index, script] of scripts.entries()) {
      if (!ranBefore[index]) await run('bash', [script, 'stop']);
    }
  };
}
