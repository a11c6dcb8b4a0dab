// Splits the program of the production build into modules. The first one starts the newspaper, wakes written
// pages up, and makes views. The others are PARTS. All work in the same memory and have the same table of functions.
// docs/decisions/0018-modules.md says what this saves.
//
// The module is given in binaryen's text form, with the names of its functions.

/**
 * The parts after the first one. `after`: the part whose functions it uses, besides those of the first; src/boot.js gives only those
 * of the part that stands first here. `next`: the part that is needed soon after it. `entrances`: the functions that other parts call in it. Rust calls them only when it is there
 * (`backend::load_reader`, `platform::load_part`). `pointers`: functions that are called by pointer, and by this part alone: by
 * whatever has such a pointer, the name does not say. Of several parts, the last one that names a function has it. All others
 * that are called by pointer are in the first part. Should another part call one of these before this one is there, the program
 * traps, as with any `unreachable`.
 */
export const PARTS = [
  // Reads mappings, answers and bodies. An article needs it.
  {
    name: 'reader',
    next: 'lists',
    entrances: ['<gisa::backend::mapping::Mapping>::new', '<gisa::backend::offer::Offer>::of', '<gisa::backend::repository::Repository>::answer_to'],
    pointers: startWith(
      String.raw`gisa::html::`,
      String.raw`gisa::jmespath::(?:evaluate|functions|parse)::`,
      String.raw`gisa::backend::(?:cache|fields|lenient|mapping|repository)::`,
      String.raw`gisa::json::Reader>::(?:list|members)::<gisa::backend::mapping::`,
    ),
  },
  // Reads everything else that is loaded: lists, rankings, an article's neighbours.
  {
    name: 'lists',
    after: 'reader',
    entrances: ['<gisa::backend::repository::inquiry::Inquiry>::ask_list'],
    pointers: startWith(String.raw`gisa::backend::repository::inquiry::Inquiry>::neighbours::`),
  },
  // Reads what only some backends have: bodies that are not HTML, and references within answers.
  {
    name: 'extras',
    after: 'reader',
    entrances: ['gisa::backend::markdown::to_html', 'gisa::backend::blocks::to_html', 'gisa::backend::include::resolved'],
    pointers: startWith(String.raw`gisa::backend::(?:blocks|include|markdown)::`),
  },
];

/** Functions whose own names start with one of these, and the functions that drop them. */
function startWith(...beginnings) {
  return new RegExp(String.raw`^(?:core::ptr::drop_in_place::<)?[<&]*(?:${beginnings.join('|')})`);
}

/** A name in the text form. */
const NAME = String.raw`\$(?:"(?:[^"\\]|\\.)*"|[^ ")]+)`;

/**
 * Splits a module. Returns the text of the first part, and for each other one its name and a function that returns its text. The
 * function gets a function that says under which name the first part exports something (wasm-opt shortens the names).
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

  const entrance = (wanted) => {
    const found = [...functions.keys()].filter((name) => rustName(name) === wanted);
    if (found.length !== 1) throw new Error(`expected one function ${wanted} in the module, found ${found.length}`);
    return found[0];
  };
  const later = PARTS.map((part) => ({ ...part, entrances: part.entrances.map(entrance) }));
  const entrances = later.flatMap((part) => part.entrances);
  const exported = head.filter((text) => text.startsWith(' (export ')).flatMap((text) => names(text));
  const pointed = (number) => entries.filter((entry) => later.findLastIndex(({ pointers }) => pointers.test(rustName(entry))) === number - 1);
  // The parts that are there when a part is used, from the first one to itself.
  const chainOf = (number) => {
    const { after } = PARTS[number - 1] ?? {};
    return number === 0 ? [0] : [...(after ? chainOf(1 + PARTS.findIndex(({ name }) => name === after)) : [0]), number];
  };
  // What is reached from the roots of one part is in that part; from those of several, in the last one that all of them have.
  const partOf = new Map();
  const take = (roots, number) => {
    for (const name of reached(functions, roots, entrances)) {
      const shared = chainOf(number).filter((part) => chainOf(partOf.get(name) ?? number).includes(part));
      partOf.set(name, shared.at(-1));
    }
  };
  take([...exported, ...pointed(0)], 0);
  for (const [index, part] of later.entries()) {
    take([...part.entrances.flatMap((name) => functions.get(name).map(operand)), ...pointed(index + 1)], index + 1);
    for (const name of part.entrances) partOf.set(name, index + 1);
  }
  const namesOf = (number) => [...functions.keys()].filter((name) => partOf.get(name) === number);
  // A part calls the entrances of others by places of their own in the table, after all others. The first part has a function
  // for each of them.
  const doors = entrances.map((name, index) => door(functions.get(name)[0], start + entries.length + index));

  // Whether a part uses a function or a value that is not its own.
  const usedBy = (number) => {
    const used = new Set(namesOf(number).flatMap((name) => functions.get(name)).map(operand));
    const isOwn = (name) => partOf.get(name) === number;
    return (name) => used.has(name) && !isOwn(name);
  };
  const isDeclaration = (text) => /^ \((?:import .*)?\(?(?:func|global) /.test(text);
  const tables = head.filter((text) => /^ \((?:memory|table) /.test(text));
  const ofFirst = [...head, ...namesOf(0).map((name) => functions.get(name)[0]), ...doors.map((text) => text.split('\n')[0])].filter(isDeclaration);
  // The lines that declare what each part uses of the first.
  const shared = later.map((_, index) => {
    const isUsed = usedBy(index + 1);
    return ofFirst.filter((text) => isUsed(declared(text)));
  });
  const exports = new Map(head.filter((text) => text.startsWith(' (export ')).map((text) => text.match(/^ \(export "(.*?)" (.*)\)$/).slice(1).reverse()));
  const keys = new Map([...new Set([...tables, ...shared.flat()])].map((line, index) => [line, exports.get(declared(line, true)) ?? `shared ${index}`]));

  const tableLine = head[table].replace(/(\d+ \d+)(?= funcref)/, (sizes) => sizes.split(' ').map((size) => Number(size) + entrances.length).join(' '));
  const present = entries.map((entry) => (partOf.get(entry) ? '$not_loaded' : entry));
  const firstHead = [...head];
  firstHead[table] = tableLine;
  firstHead[elements] = ` (func $not_loaded (unreachable))\n${head[elements].replace(/ func .*$/, () => ` func ${present.join(' ')})`)}`;
  const added = [...keys].filter(([line]) => !exports.has(declared(line, true)));
  firstHead.splice(lineOf('export'), 0, ...added.map(([line, key]) => ` (export "${key}" ${declared(line, true)})`));
  const firstText = [...firstHead, ...namesOf(0).flatMap((name) => functions.get(name)), ...doors, ')'].join('\n');

  // What each part uses of those between the first and itself: the number of the other, and the name here and there.
  const between = later.map((_, index) => {
    const isUsed = usedBy(index + 1);
    return chainOf(index + 1).slice(1, -1).flatMap((other) => {
      const used = namesOf(other).filter((name) => isUsed(name) && !entrances.includes(name));
      return used.map((name, at) => ({ number: other, name, key: `${short(index + 1)}${short(at)}` }));
    });
  });
  const textOf = (index) => (nameOf) => {
    const number = index + 1;
    const imports = [...tables, ...shared[index]].map((line) => ` (import "${short(0)}" "${nameOf(keys.get(line))}" ${imported(line === head[table] ? tableLine : line)})`);
    const others = between[index].map(({ number, name, key }) => ` (import "${short(number)}" "${key}" ${imported(functions.get(name)[0])})`);
    const places = [...entries, ...entrances].map((name, index) => [start + index, name]);
    const filled = places.filter(([, name]) => partOf.get(name) === number).map(([at, name]) => ` (elem (table ${names(tableLine)[0]}) (i32.const ${at}) func ${name})`);
    const exported = between.flat().filter((use) => use.number === number).map(({ name, key }) => ` (export "${key}" (func ${name}))`);
    const types = head.filter((text) => text.startsWith(' (type '));
    return ['(module', ...types, ...imports, ...others, ...filled, ...exported, ...namesOf(number).flatMap((name) => functions.get(name)), ')'].join('\n');
  };
  return { firstText, later: later.map(({ name }, index) => ({ name, text: textOf(index) })) };
}

/** A short name for a number: a, b, c … Z, ba, bb … */
function short(number) {
  const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
  return (number >= letters.length ? short(Math.floor(number / letters.length)) : '') + letters[number % letters.length];
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
