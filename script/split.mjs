// Splits the program of the production build into two modules. The first one starts the newspaper and wakes written pages
// up. The second one reads mappings, answers and bodies; it is needed when something is loaded. Both work in the same
// memory and have the same table of functions.
// docs/decisions/0018-two-modules.md says what this saves.
//
// The module is given in binaryen's text form, with the names of its functions.

/**
 * The functions that the first module calls in the second. Rust calls them only when both are there
 * (`backend::load_reader`).
 */
const ENTRANCES = [
  '<gisa::backend::mapping::Mapping>::new',
  '<gisa::backend::offer::Offer>::of',
  '<gisa::backend::repository::Repository>::answer_to',
];

/**
 * Functions that are called by pointer, and by the second module alone: by whatever has such a pointer, the name does not
 * say. All others that are called by pointer are in the first module. Should the first module call one of these before the
 * second is there, the program traps, as with any `unreachable`.
 */
const CALLED_BY_SECOND = new RegExp(
  String.raw`^(?:core::ptr::drop_in_place::<)?[<&]*(?:` +
    [
      String.raw`gisa::html::`,
      String.raw`gisa::jmespath::(?:evaluate|functions|parse)::`,
      String.raw`gisa::backend::(?:blocks|cache|fields|include|lenient|mapping|markdown|repository)::`,
      String.raw`gisa::json::Reader>::(?:list|members)::<gisa::backend::mapping::`,
    ].join('|') +
    ')',
);

/** A name in the text form. */
const NAME = String.raw`\$(?:"(?:[^"\\]|\\.)*"|[^ ")]+)`;

/**
 * Splits a module. Returns the text of the first one, and a function that returns the text of the second. The function
 * gets a function that says under which name the first module exports something (wasm-opt shortens the names).
 */
export function split(text) {
  const { head, functions } = parts(text);
  const lineOf = (start, end = '') => {
    const index = head.findIndex((text) => text.startsWith(` (${start} `) && text.endsWith(end));
    if (index < 0) throw new Error(`the module has no ${start}`);
    return index;
  };
  const [table, elements] = [lineOf('table', ' funcref)'), lineOf('elem')];
  const entries = names(head[elements].replace(/^.*? func /, ''));
  const start = Number(head[elements].match(/\(i32\.const (\d+)\)/)[1]);

  const entrances = ENTRANCES.map((wanted) => {
    const found = [...functions.keys()].filter((name) => rustName(name) === wanted);
    if (found.length !== 1) throw new Error(`expected one function ${wanted} in the module, found ${found.length}`);
    return found[0];
  });
  const exported = head.filter((text) => text.startsWith(' (export ')).flatMap((text) => names(text));
  const called = entries.filter((entry) => !CALLED_BY_SECOND.test(rustName(entry)));
  const first = reached(functions, [...exported, ...called], entrances);
  const second = new Set([...functions.keys()].filter((name) => !first.has(name)));
  const bodies = [...second].flatMap((name) => functions.get(name));

  // What the second module uses of the first: each is a line that declares it, and a name for its export.
  const used = new Set(bodies.map(operand).filter((name) => name && !second.has(name)));
  const tables = head.filter((text) => /^ \((?:memory|table) /.test(text));
  const named = [...head, ...[...first].map((name) => functions.get(name)[0])].filter((text) => /^ \((?:import .*)?\(?(?:func|global) /.test(text) && used.has(declared(text)));
  const exports = new Map(head.filter((text) => text.startsWith(' (export ')).map((text) => text.match(/^ \(export "(.*?)" (.*)\)$/).slice(1).reverse()));
  const shared = [...tables, ...named].map((line, index) => ({ line, key: exports.get(declared(line, true)) ?? `shared ${index}` }));

  // The first module calls each entrance by a place of its own in the table, after all others.
  const entranceAt = (name) => start + entries.length + entrances.indexOf(name);
  const tableLine = head[table].replace(/(\d+ \d+)(?= funcref)/, (sizes) => sizes.split(' ').map((size) => Number(size) + entrances.length).join(' '));
  const present = entries.map((entry) => (second.has(entry) ? '$not_loaded' : entry));
  const firstHead = [...head];
  firstHead[table] = tableLine;
  firstHead[elements] = ` (func $not_loaded (unreachable))\n${head[elements].replace(/ func .*$/, () => ` func ${present.join(' ')})`)}`;
  firstHead.splice(lineOf('export'), 0, ...shared.filter(({ line }) => !exports.has(declared(line, true))).map(({ line, key }) => ` (export "${key}" ${declared(line, true)})`));
  const doors = entrances.map((name) => door(functions.get(name)[0], entranceAt(name)));

  const secondText = (nameOf) => {
    const imports = shared.map(({ line, key }) => ` (import "a" "${nameOf(key)}" ${imported(line === head[table] ? tableLine : line)})`);
    const places = [...entries.map((name, index) => [start + index, name]), ...entrances.map((name) => [entranceAt(name), name])];
    const filled = places.filter(([, name]) => second.has(name)).map(([at, name]) => ` (elem (table ${names(tableLine)[0]}) (i32.const ${at}) func ${name})`);
    return ['(module', ...head.filter((text) => text.startsWith(' (type ')), ...imports, ...filled, ...bodies, ')'].join('\n');
  };
  return { firstText: [...firstHead, ...[...first].flatMap((name) => functions.get(name)), ...doors, ')'].join('\n'), secondText };
}

/** The lines of a module before its functions, and the lines of each function, by name. */
function parts(text) {
  const head = [];
  const functions = new Map();
  let current;
  for (const line of text.split('\n')) {
    if (line.startsWith(' (func ')) functions.set(names(line)[0], (current = [line]));
    else if (line.startsWith('  ') || line === ' )') current.push(line);
    else if (functions.size === 0) head.push(line);
    else if (line !== ')' && line !== '') throw new Error(`expected a function, found \`${line.slice(0, 80)}\``);
  }
  return { head, functions };
}

/** The functions that these call, and those that they call, and so on; without the entrances. */
function reached(functions, roots, entrances) {
  const found = new Set();
  const todo = [...roots];
  for (let name = todo.pop(); name !== undefined; name = todo.pop()) {
    if (found.has(name) || !functions.has(name) || entrances.includes(name)) continue;
    found.add(name);
    todo.push(...functions.get(name).map(operand).filter(Boolean));
  }
  return found;
}

/** All names in a text. */
function names(text) {
  return text.match(new RegExp(NAME, 'g')) ?? [];
}

/** The name that an instruction uses. */
function operand(line) {
  return line.match(new RegExp(String.raw`\((?:call|return_call|ref\.func|global\.[gs]et) (${NAME})`))?.[1] ?? '';
}

/** The name that a line of a module declares; with its kind: `(func $name)`. */
function declared(line, withKind = false) {
  const [, kind, name] = line.match(new RegExp(String.raw`\((func|global|memory|table) (${NAME})`));
  return withKind ? `(${kind} ${name})` : name;
}

/** A name as Rust has it, without hashes. */
export function rustName(name) {
  return name.replace(/^\$"?|"$/g, '').replace(/\[[0-9a-f]{8,}\]/g, '');
}

/** The type of a function, from its first line: `(param i32) (param i32) (result i32)`. */
function type(line) {
  return line.replace(new RegExp(String.raw`^.*?\(func ${NAME}`), '').replace(new RegExp(String.raw`\(param ${NAME} `, 'g'), '(param ');
}

/** What another module imports of something that this line declares. */
function imported(line) {
  // A function of JavaScript, which the first module imports itself.
  if (line.startsWith(' (import ')) return line.match(/\(func .*\)(?=\)$)/)[0];
  if (line.startsWith(' (func ')) return `(func ${names(line)[0]}${type(line)})`;
  if (line.startsWith(' (global ')) return `${line.match(new RegExp(String.raw`\(global ${NAME} (?:\(mut \w+\)|\w+)`))[0]})`;
  return line.trim();
}

/** A function that calls the one at a place in the table, with the same parameters. */
function door(line, place) {
  const parameters = Array.from(line.matchAll(new RegExp(String.raw`\(param (${NAME}) `, 'g')), ([, name]) => `(local.get ${name})`);
  return `${line}\n  (call_indirect ${type(line)} ${parameters.join(' ')} (i32.const ${place}))\n )`;
}
