// Makes the program smaller after wasm-bindgen and wasm-opt have had it, in the production build:
// - what only classes of the JavaScript reach that nothing uses goes (wasm-bindgen exports them for a library of Leptos);
// - imports and exports get names of a letter or two, the same in both files;
// - the JavaScript loses its comments, white space and long names.
// None of it changes what the program does. It saves some 8 KB of the download (docs/decisions/0015-leptos.md).
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { minify } from 'terser';

/** What the program uses of WebAssembly; wasm-opt knows less by itself (the same as in index.html). */
const FEATURES = [
  '--enable-bulk-memory',
  '--enable-nontrapping-float-to-int',
  '--enable-sign-ext',
  '--enable-reference-types',
  '--enable-mutable-globals',
  '--enable-multivalue',
];

/** Shrinks a module of wasm-bindgen's, target `web`, and its JavaScript, both in place. */
export async function shrink(wasmFile, scriptFile) {
  const folder = mkdtempSync(join(tmpdir(), 'gisa-shrink-'));
  try {
    let script = withoutClasses(readFileSync(scriptFile, 'utf8'));
    const used = [...new Set(Array.from(script.matchAll(/\bwasm\.(\w+)/g), ([, name]) => name))];
    const graph = [
      { name: 'script', root: true, reaches: used },
      ...used.map((name) => ({ name, export: name })),
    ];
    const graphFile = join(folder, 'graph.json');
    const reached = join(folder, 'reached.wasm');
    writeFileSync(graphFile, JSON.stringify(graph));
    execFileSync('wasm-metadce', [...FEATURES, wasmFile, '--graph-file', graphFile, '-o', reached]);
    const passes = ['--minify-imports-and-exports-and-modules', '-Oz'];
    const names = execFileSync('wasm-opt', [...FEATURES, reached, ...passes, '-o', wasmFile], { encoding: 'utf8' });
    script = renamed(script, JSON.parse(names));
    const { code } = await minify(script, { module: true, compress: { passes: 2 } });
    writeFileSync(scriptFile, code);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Without the exported classes, which nobody outside this file could use, and what registers them. */
function withoutClasses(script) {
  const names = Array.from(script.matchAll(/^export class (\w+) \{$/gm), ([, name]) => name);
  for (const name of names) {
    script = script
      .replace(new RegExp(`^export class ${name} \\{\\n[^]*?^\\}\\n`, 'm'), '')
      .replace(new RegExp(`^if \\(Symbol\\.dispose\\) ${name}\\..*\\n`, 'm'), '')
      .replace(new RegExp(`^const ${name}Finalization = [^;]*;\\n`, 'm'), '');
    if (new RegExp(`\\b${name}`).test(script)) throw new Error(`the program uses the class ${name} after all`);
  }
  // The other way to start it, which nothing uses.
  return script.replace('export { initSync, __wbg_init as default };', 'export { __wbg_init as default };');
}

/** With the new names of imports and exports, as wasm-opt prints them. */
function renamed(script, { imports, exports }) {
  const [[module]] = imports;
  if (imports.some(([other]) => other !== module)) throw new Error('imports of more than one module');
  const count = (text) => script.split(text).length - 1;
  const replace = (from, to) => {
    if (count(from) !== 1) throw new Error(`${count(from)} places instead of one: ${from}`);
    script = script.replace(from, () => to);
  };
  replace(`"${module}": import0`, '"a": import0');
  for (const [, from, to] of imports) {
    if (count(`        ${from}: `) === 1) replace(`        ${from}: `, `        ${to}: `);
    else throw new Error(`no import ${from} in the JavaScript`);
  }
  const short = new Map(exports);
  return script.replace(/\bwasm\.(\w+)/g, (all, name) => (short.has(name) ? `wasm.${short.get(name)}` : all));
}
