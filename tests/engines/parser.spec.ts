/**
 * `tests/browser.rs` in Firefox and WebKit: their HTML parsers make the trees that the native one makes, of hostile bodies
 * too, and their time zones, addresses and requests are those that the program counts on.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from './support.ts';

/** Where script/setup installs the runner. */
const TOOLS = process.env.GISA_TOOLS ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'gisa/tools');

test('the parser, the time zones and the transport are as in Chromium', async ({ engineName, tab }) => {
  // If the program was changed since the step before, it is compiled.
  test.setTimeout(300_000);
  const cargo = spawn('cargo', ['test', '--target', 'wasm32-unknown-unknown', '--test', 'browser'], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    // The runner serves the tests, and starts no browser itself.
    env: { ...process.env, PATH: `${TOOLS}/bin:${process.env.PATH}`, NO_HEADLESS: '1', WASM_BINDGEN_TEST_ADDRESS: '127.0.0.1:0', CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER: 'wasm-bindgen-test-runner' },
    detached: true,
  });
  try {
    let said = '';
    for (const stream of [cargo.stdout, cargo.stderr]) stream.on('data', (part: Buffer) => (said += part.toString()));
    const ended = once(cargo, 'exit').then(() => Promise.reject(new Error(`cargo test ended: ${said}`)));
    ended.catch(() => undefined);
    const served = expect.poll(() => said, { timeout: 280_000 }).toMatch(/available at http:\S+/);
    await Promise.race([served, ended]);
    await tab.goto(said.match(/available at (http:\S+)/)![1]!);
    await tab.until(() => /test result:/.test(document.querySelector('#output')?.textContent ?? ''));
    const output = await tab.text('#output');
    const failed = [...output.matchAll(/^test (\w+) \.\.\. FAIL/gm)].map(([, name]) => name);
    const different = [...output.matchAll(/different: (.*)/g)].map(([, difference]) => difference);
    expect(output.match(/ \.\.\. ok$/gm)?.length).toBeGreaterThan(7);
    // WebKit takes character data in MathML for a comment, which ends at the first `>`. What is left is text.
    const known = engineName === 'webkit' ? ['character data in a formula: <p>]]&gt;</p>'] : [];
    expect(different).toEqual(known);
    expect(failed).toEqual(known.length > 0 ? ['the_browsers_parser_makes_the_trees_that_the_native_one_makes'] : []);
  } finally {
    if (cargo.exitCode === null) process.kill(-cargo.pid!, 'SIGKILL');
  }
});
