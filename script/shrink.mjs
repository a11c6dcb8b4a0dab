// Makes the program of the production build smaller, after wasm-bindgen:
// - it removes the JavaScript's unused classes, which wasm-bindgen exports for a library of Leptos, and all code for them;
// - it removes code that the program can name but never calls;
// - it gives types short ids (script/constants.mjs);
// - it splits the module in four (script/split.mjs);
// - it optimizes the wasm for size (wasm-opt), makes functions of statements that stand at several places
//   (script/outline.mjs), and puts functions that are alike beside each other (script/order.mjs);
// - it shortens the names of imports and exports to one or two letters in both files;
// - it removes comments, white space and long names from the JavaScript.
// The program does the same as before. docs/decisions/0015-leptos.md says what this saves.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { minify } from 'terser';
import { constants, withShortTypeIds } from './constants.mjs';
import { ordered } from './order.mjs';
import { outlined } from './outline.mjs';
import { rustName, split } from './split.mjs';

/** The WebAssembly features that the program uses; wasm-opt does not enable them by default. */
const FEATURES = [
  '--enable-bulk-memory',
  '--enable-nontrapping-float-to-int',
  '--enable-sign-ext',
  '--enable-reference-types',
  '--enable-mutable-globals',
  '--enable-multivalue',
];

/**
 * Functions that are never called, by their names. wasm-opt must keep them, because the module's table of function
 * pointers names them. Should one be called after all, the program traps, as with any `unreachable`. LLVM gives functions
 * with the same code one name, so a name that stands here must not be that of a function with a twin.
 *
 * - Each view and each attribute of Leptos has functions for a page that arrives in parts, for one that is copied from a
 *   template, and for attributes that a component passes on to several elements (`elements` finds these).
 * - A listener of the document for the events of all elements, which Leptos has as a feature (`delegation`).
 * - Streams of bytes, which a library of Leptos has for servers.
 * - What leptos_router does when a server function redirects.
 * - Resources, suspense and error boundaries, which gisa does not use, take their data and errors out of the page.
 */
const NEVER_CALLED = [
  /hydrate_async/,
  /hydrate_from_template/,
  /wasm_streams::/,
  /into_any_attr::clone/,
  /view::any_view::elements::<(?:alloc::vec::Vec|tachys::view::iterators::StaticVec)</,
  /RenderEffectState<.*> as tachys::view::Mountable>::elements$/,
  /renderer::dom::Dom>::add_event_listener_delegated::\{closure/,
  /^(?!core::ptr::drop_in_place).*leptos_router::components::__component_router/,
  /LocationProvider>::redirect::\{closure#0\} as core::ops::function::FnOnce/,
  /hydration_context::hydrate::(?:serialized_errors|incomplete_chunks)$/,
  /HydrateSharedContext as hydration_context::SharedContext>::(?:read_data|errors|take_errors|get_incomplete_chunk)$/,
];

/**
 * What wasm-opt may assume, and what it leaves out: nothing is at the first addresses of the memory, because the stack is
 * there, and grows towards them; values that are computed twice compress better than more local variables; the functions of
 * script/outline.mjs stay functions, but those of up to five instructions don't. A browser compiles a function when it is called
 * first, which takes as long as running many of them; more instructions would cost bytes.
 */
const OPTIONS = [
  '--low-memory-unused',
  '--skip-pass=local-cse',
  '--no-inline=outlined_*',
  '--always-inline-max-function-size=5',
];

/** The passes of wasm-opt. */
const PASSES = [...OPTIONS, '--flatten', '--rereloop', '-Oz', '-Oz', '--converge'];

/**
 * Shrinks a module that wasm-bindgen made for the target `web`, and its JavaScript, both in place. The parts after the first
 * one become the files `partFile(name)`. `map` is the text of the linker's map.
 */
export async function shrink(wasmFile, scriptFile, partFile, map) {
  const folder = mkdtempSync(join(tmpdir(), 'gisa-shrink-'));
  try {
    let script = withoutClasses(readFileSync(scriptFile, 'utf8'));
    const used = [...new Set(Array.from(script.matchAll(/\bwasm\.(\w+)/g), ([, name]) => name))];
    const graph = [
      { name: 'script', root: true, reaches: used },
      ...used.map((name) => ({ name, export: name })),
    ];
    const file = (name) => join(folder, name);
    const graphFile = file('graph.json');
    writeFileSync(graphFile, JSON.stringify(graph));
    execFileSync('wasm-opt', [...FEATURES, '--quiet', '-g', wasmFile, '--emit-text', '-o', file('all.wat')]);
    writeFileSync(file('all.wat'), withoutNeverCalled(readFileSync(file('all.wat'), 'utf8')));
    const metadce = [file('all.wat'), '-g', '--graph-file', graphFile, '--emit-text', '-o', file('reached.wat')];
    execFileSync('wasm-metadce', [...FEATURES, ...metadce]);
    const { firstText, later } = split(withShortTypeIds(readFileSync(file('reached.wat'), 'utf8'), constants(map)));
    writeFileSync(file('first.wat'), firstText);
    const optimize = (name) => {
      execFileSync('wasm-opt', [...FEATURES, file(name), ...PASSES, '-g', '--emit-text', '-o', file(name)]);
      writeFileSync(file(name), ordered(outlined(readFileSync(file(name), 'utf8'))));
    };
    optimize('first.wat');
    const rename = ['--minify-imports-and-exports-and-modules', ...OPTIONS, '-Oz'];
    const names = JSON.parse(execFileSync('wasm-opt', [...FEATURES, file('first.wat'), ...rename, '-o', wasmFile], { encoding: 'utf8' }));
    const exported = new Map(names.exports);
    for (const { name, text } of later) {
      writeFileSync(file(`${name}.wat`), text((name) => exported.get(name)));
      optimize(`${name}.wat`);
      execFileSync('wasm-opt', [...FEATURES, file(`${name}.wat`), ...OPTIONS, '-Oz', '-o', partFile(name)]);
    }
    script = renamed(script, names);
    const { code } = await minify(script, { module: true, compress: { passes: 2 } });
    writeFileSync(scriptFile, code);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The module in text form, in whose table of function pointers one that traps stands for each that is never called. */
function withoutNeverCalled(text) {
  const table = /^ \(elem .* func (?=\$)(.*)\)$/m;
  const entries = table.exec(text)?.[1].match(/\$(?:"(?:[^"\\]|\\.)*"|[^ ")]+)/g);
  if (!entries) throw new Error('the module has no table of function pointers');
  const names = entries.map(rustName);
  for (const pattern of NEVER_CALLED) {
    if (!names.some((name) => pattern.test(name))) throw new Error(`no function pointer matches ${pattern}: has Leptos changed, or the module lost its names?`);
  }
  const kept = entries.map((name, index) => (NEVER_CALLED.some((pattern) => pattern.test(names[index])) ? '$never_called' : name));
  return text.replace(table, (line) => ` (func $never_called (unreachable))\n${line.replace(entries.join(' '), () => kept.join(' '))}`);
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
