// Makes the program of the production build smaller, after wasm-bindgen and wasm-opt:
// - it removes the JavaScript's unused classes, which wasm-bindgen exports for a library of Leptos, and all code for them;
// - it shortens the names of imports and exports to one or two letters in both files;
// - it removes comments, white space and long names from the JavaScript.
// The program does the same as before. This saves about 8 KB of the download (docs/decisions/0015-leptos.md).
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { minify } from 'terser';

/** The WebAssembly features that the program uses; wasm-opt does not enable them by default (the same as in index.html). */
const FEATURES = [
  '--enable-bulk-memory',
  '--enable-nontrapping-float-to-int',
  '--enable-sign-ext',
  '--enable-reference-types',
  '--enable-mutable-globals',
  '--enable-multivalue',
];

/** Shrinks a module that wasm-bindgen made for the target `web`, and its JavaScript, both in place. */
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

/** The script without its exported classes, which nothing outside of it uses, and without their registration. */
function withoutClasses(script) {
  const names = Array.from(script.matchAll(/^export class (\w+) \{$/gm), ([, name]) => name);
  for (const name of names) {
    script = script
      .replace(new RegExp(`^export class ${name} \\{\\n[^]*?^\\}\\n`, 'm'), '')
      .replace(new RegExp(`^if \\(Symbol\\.dispose\\) ${name}\\..*\\n`, 'm'), '')
      .replace(new RegExp(`^const ${name}Finalization = [^;]*;\\n`, 'm'), '');
    if (new RegExp(`\\b${name}`).test(script)) throw new Error(`the script uses the class ${name}, which should be removed`);
  }
  // `initSync`, another way to start the program, is not used.
  return script.replace('export { initSync, __wbg_init as default };', 'export { __wbg_init as default };');
}

/** The script with the new names of imports and exports, which wasm-opt has printed. */
function renamed(script, { imports, exports }) {
  const [[module]] = imports;
  if (imports.some(([other]) => other !== module)) throw new Error('the program imports more than one module; expected one');
  const count = (text) => script.split(text).length - 1;
  const replace = (from, to) => {
    if (count(from) !== 1) throw new Error(`expected \`${from}\` once in the JavaScript, found it ${count(from)} times`);
    script = script.replace(from, () => to);
  };
  replace(`"${module}": import0`, '"a": import0');
  for (const [, from, to] of imports) {
    if (count(`        ${from}: `) === 1) replace(`        ${from}: `, `        ${to}: `);
    else throw new Error(`expected the import \`${from}\` once in the JavaScript`);
  }
  const short = new Map(exports);
  return script.replace(/\bwasm\.(\w+)/g, (all, name) => (short.has(name) ? `wasm.${short.get(name)}` : all));
}
