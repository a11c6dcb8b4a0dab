// Finds statements that stand at several places of a module, and makes functions of them. Wherever Rust moves a value, the
// module has one load and one store for each of its words; there are thousands of such places, and neither LLVM nor
// wasm-opt looks for them. docs/decisions/0015-leptos.md says what this saves.
//
// The module is given in binaryen's text form.

/** How many statements a new function has at most. */
const LONGEST = 12;
/** How many bytes, before compression, a new function saves at least: all in all, and at each place. */
const SAVED = 45;
const SAVED_EACH = 5;
/** Constants from this on, such as the addresses of texts, are parameters. */
const LEAST_CONSTANT = 64;

const NAME = /\$(?:"(?:[^"\\]|\\.)*"|[^ ")]+)/;
/** The nodes of the text form whose children are statements. */
const LIST = /^(?:func|block|loop|then|else)\b/;
/** A load or a store: the instruction, its offset, and its alignment. */
const MEMORY = /^(\w+\.(?:load|store)\w*)(?: offset=(\d+))?( align=\d+)?$/;
/** Statements that a new function may have, besides calls. */
const STATEMENT = /^(?:\w+\.store\w*|memory\.(?:copy|fill))\b/;
/** Expressions that these may have, besides calls: none that sets a local variable or leaves the function. */
const EXPRESSION = /^(?:[if](?:32|64)\.(?!store)[\w.]+|local\.get|global\.get|ref\.null|select)\b/;

/** The text of the same module, in which functions stand for statements that stand at several places. */
export function outlined(text) {
  const module = parsed(text);
  const made = [];
  const taken = new Set();
  for (const { body, places } of candidates(module)) {
    // Places overlap.
    const mine = new Set();
    const free = places.filter(({ statements }) => {
      if (statements.some((statement) => taken.has(statement) || mine.has(statement))) return false;
      statements.forEach((statement) => mine.add(statement));
      return true;
    });
    if (saved(free) < SAVED) continue;
    mine.forEach((statement) => taken.add(statement));
    const name = `$outlined_${made.length}`;
    made.push(` (func ${name}${body}\n )`);
    for (const { list, start, statements, call } of free) {
      list.kids.fill(undefined, start, start + statements.length);
      list.kids[start] = { words: `call ${name}`, kids: call };
    }
  }
  return [...module.head, ...module.functions.flatMap(({ node }) => written(node, ' ')), ...made, ')'].join('\n');
}

/**
 * The lines before a module's functions; its functions as trees, with the types of their local variables; and the names
 * of the functions that return nothing.
 */
function parsed(text) {
  const head = [];
  const functions = [];
  const open = [];
  for (const line of text.split('\n')) {
    const words = line.trim();
    if (open.length === 0 && !line.startsWith(' (func ')) {
      if (functions.length === 0) head.push(line);
    } else if (words === ')') {
      open.pop();
    } else {
      const plain = words.replace(/"(?:[^"\\]|\\.)*"/g, '');
      const isOpen = plain.split('(').length > plain.split(')').length;
      const node = { words: words.slice(1, isOpen ? undefined : -1), kids: [] };
      if (open.length > 0) open.at(-1).kids.push(node);
      else functions.push({ node });
      if (isOpen) open.push(node);
    }
  }
  const imported = head.filter((line) => /^ \(import .* \(func /.test(line));
  const imports = imported.map((line) => line.slice(line.indexOf('(func ') + 1));
  const declared = [...imports, ...functions.map(({ node }) => node.words)];
  const withoutResult = declared.filter((words) => !words.replace(NAME, '').includes('(result '));
  const silent = new Set(withoutResult.map((words) => words.match(NAME)[0]));
  for (const each of functions) {
    const parameters = each.node.words.replace(NAME, '').matchAll(/\(param (\$\S+) (\w+)\)/g);
    const variables = each.node.kids.map(({ words }) => words.match(/^local (\$\S+) (\w+)$/)).filter(Boolean);
    each.types = new Map([...parameters, ...variables].map(([, name, type]) => [name, type]));
  }
  return { head, functions, silent };
}

/** The lines of a tree. */
function written({ words, kids }, indent) {
  if (kids.length === 0 && !LIST.test(words)) return [`${indent}(${words})`];
  return [`${indent}(${words}`, ...kids.filter(Boolean).flatMap((kid) => written(kid, `${indent} `)), `${indent})`];
}

/** The bodies that new functions could have, and the places of each; those that save most first. */
function candidates({ functions, silent }) {
  const isCall = (words) => words.startsWith('call ');
  const isSilent = (words) => silent.has(words.match(NAME)[0]);
  const isExpression = ({ words, kids }) => (isCall(words) ? !isSilent(words) : EXPRESSION.test(words)) && kids.every(isExpression);
  const isStatement = ({ words, kids }) => (isCall(words) ? isSilent(words) : STATEMENT.test(words)) && kids.every(isExpression);
  const found = new Map();
  for (const { node, types } of functions) {
    const search = (list) => {
      const fits = LIST.test(list.words) ? list.kids.map(isStatement) : [];
      for (let start = 0; start < fits.length; start += 1) {
        for (let end = start + 1; end <= start + LONGEST && fits[end - 1]; end += 1) {
          const statements = list.kids.slice(start, end);
          const { body, call, bytes } = general(statements, types);
          if (bytes.inPlace - bytes.call < SAVED_EACH) continue;
          if (!found.has(body)) found.set(body, []);
          found.get(body).push({ list, start, statements, call, bytes });
        }
      }
      list.kids.forEach(search);
    };
    search(node);
  }
  const all = [...found].map(([body, places]) => ({ body, places, saved: saved(places) }));
  return all.filter(({ saved }) => saved >= SAVED).sort((one, other) => other.saved - one.saved);
}

/** How many bytes a new function saves that is called at these places. */
function saved(places) {
  return places.reduce((sum, { bytes }) => sum + bytes.inPlace - bytes.call, 0) - (places[0]?.bytes.inPlace ?? 0) - 8;
}

/**
 * Statements as the body of a function: its parameters are the local variables, and large constants. Where a variable is an
 * address, the offsets from it count from the least one, which the call adds. An address that is written to and one that is
 * read from are two parameters, also if they are the same variable: a value is moved between any two places of the stack.
 *
 * `call` are the arguments; `bytes` are the sizes of these statements and of a call in their place.
 */
function general(statements, types) {
  const parameters = [];
  let inPlace = 0;
  // A use of a parameter, which gets its text when the least offset is known.
  const use = (variable, role, offset, text) => {
    let index = parameters.findIndex((known) => known.variable === variable && known.role === role);
    if (index < 0) index = parameters.push({ variable, role, least: offset }) - 1;
    parameters[index].least = Math.min(parameters[index].least, offset);
    return () => text(`(local.get $${index})`, offset - parameters[index].least);
  };
  const visit = ({ words, kids }) => {
    const [, instruction, offset = 0, align = ''] = words.match(MEMORY) ?? [];
    const variable = kids[0]?.words.match(/^local\.get (\S+)$/)?.[1];
    const constant = kids[1]?.words.match(/^i32\.const (\d+)$/)?.[1];
    if (instruction && variable) {
      inPlace += 4 + lengthOf(offset);
      // The alignment is a hint, which need not be right.
      const hint = /(?:load|store)(?:8|16|32)/.test(instruction) ? align : instruction.includes('64') ? ' align=4' : '';
      const role = instruction.includes('store') ? 'to' : 'from';
      const begin = (get, rest) => `(${instruction}${rest ? ` offset=${rest}` : ''}${hint} ${get}`;
      const access = use(variable, role, Number(offset), begin);
      const values = kids.slice(1).map(visit);
      return () => `${access()}${values.map((value) => ` ${value()}`).join('')})`;
    }
    if (words === 'i32.add' && variable && constant) {
      inPlace += 4 + lengthOf(constant);
      const sum = (get, rest) => (rest ? `(i32.add ${get} (i32.const ${rest}))` : get);
      return use(variable, 'from', Number(constant), sum);
    }
    if (words.startsWith('local.get ')) {
      inPlace += 2;
      return use(words.slice('local.get '.length), 'from', 0, (get) => get);
    }
    inPlace += sizeOf(words);
    if (words.startsWith('i32.const ') && Math.abs(words.slice('i32.const '.length)) >= LEAST_CONSTANT) {
      const index = parameters.push({ constant: words }) - 1;
      return () => `(local.get $${index})`;
    }
    const values = kids.map(visit);
    return () => `(${words}${values.map((value) => ` ${value()}`).join('')})`;
  };
  const lines = statements.map(visit).map((statement) => `\n  ${statement()}`);
  const list = parameters.map(({ constant, variable }, index) => ` (param $${index} ${constant ? 'i32' : types.get(variable)})`);
  const call = parameters.map(({ constant, variable, least }) => {
    if (constant) return { words: constant, kids: [] };
    const get = { words: `local.get ${variable}`, kids: [] };
    return least === 0 ? get : { words: 'i32.add', kids: [get, { words: `i32.const ${least}`, kids: [] }] };
  });
  const argument = ({ constant, least }) => (constant ? sizeOf(constant) : least === 0 ? 2 : 4 + lengthOf(least));
  const bytes = { inPlace, call: parameters.reduce((sum, parameter) => sum + argument(parameter), 3) };
  return { body: [...list, ...lines].join(''), call, bytes };
}

/** How many bytes a whole number has in a module (LEB128). */
function lengthOf(number) {
  return Math.max(1, Math.ceil(Math.log2(Math.abs(Number(number)) + 1) / 7));
}

/** About how many bytes an instruction has. */
function sizeOf(words) {
  const [name, operand] = words.split(' ');
  if (name === 'f64.const') return 9;
  if (name.endsWith('.const')) return 1 + lengthOf(2 * Number(operand));
  if (name.startsWith('memory.')) return 4;
  return name === 'call' ? 3 : operand ? 2 : 1;
}
