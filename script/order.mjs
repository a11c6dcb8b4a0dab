// Puts the functions of a module into an order in which the module compresses well: functions of the same type stand
// together, because the module has a list of types, one for each function; among them, each one is followed by the one
// that is most like it, because a compressor writes what it has just seen in fewer bits. The order has no other effect.
// docs/decisions/0015-leptos.md says what this saves.
//
// The module is given in binaryen's text form.

/** How many features of functions are told apart. Two features may fall together, which makes the order a little worse. */
const FEATURES = 1024;

/** The name of the function that a line is about. */
const NAME = /(?<=\(func )\$(?:"(?:[^"\\]|\\.)*"|[^ ")]+)/;

/** The text of the same module with its functions in that order. */
export function ordered(text) {
  const head = [];
  const functions = [];
  for (const line of text.split('\n')) {
    if (line.startsWith(' (func ')) functions.push([line]);
    else if (line.startsWith('  ') || line === ' )') functions.at(-1).push(line);
    else if (functions.length === 0) head.push(line);
  }
  const byType = new Map();
  for (const lines of functions) {
    const type = lines[0].replace(NAME, '').replace(/\$\d+ /g, '');
    if (!byType.has(type)) byType.set(type, []);
    byType.get(type).push(likeness(lines));
  }
  const types = [...byType].sort(([one], [other]) => (one < other ? -1 : 1));
  const found = types.flatMap(([, group]) => chain(group));
  return [...withExports(head, found), ...found.flatMap(({ lines }) => lines), ')'].join('\n');
}

/** The lines before a module's functions. Exports of functions come last, in the order of the functions. */
function withExports(head, functions) {
  const places = new Map(functions.map(({ lines }, place) => [lines[0].match(NAME)[0], place]));
  const place = (line) => (line.startsWith(' (export ') ? places.get(line.match(NAME)?.[0]) : undefined);
  const exported = head.filter((line) => place(line) !== undefined).sort((one, other) => place(one) - place(other));
  return [...head.filter((line) => place(line) === undefined), ...exported];
}

/**
 * A function with what it has in common with others: how often it has each instruction with its operands, and each pair of
 * instructions that follow one another, as a vector of length 1.
 */
function likeness(lines) {
  const vector = new Float32Array(FEATURES);
  const count = (feature) => {
    let hash = 7;
    for (let at = 0; at < feature.length; at += 1) hash = (Math.imul(hash, 31) + feature.charCodeAt(at)) | 0;
    vector[(hash >>> 0) % FEATURES] += 1;
  };
  let before;
  for (const line of lines.slice(1)) {
    // Functions that differ only by what they call are alike.
    const instruction = line.trim().replace(/\$"(?:[^"\\]|\\.)*"/g, '$');
    const name = instruction.match(/[a-z][\w.]*/)?.[0] ?? ')';
    count(instruction);
    if (before) count(`${before} ${name}`);
    before = name;
  }
  let length = 0;
  // Roots, so that an instruction that is there a hundred times does not outweigh all others.
  vector.forEach((times, at) => ((vector[at] = Math.sqrt(times)), (length += times)));
  return { lines, vector: vector.map((part) => part / Math.sqrt(length || 1)) };
}

/** The same functions: the shortest first, and after each one that one of the others that is most like it. */
function chain(group) {
  const left = [...group].sort((one, other) => one.lines.length - other.lines.length);
  const found = [];
  for (let next = left.shift(); next; [next] = left.splice(mostLike(next, left), 1)) found.push(next);
  return found;
}

/** The place of the function that is most like this one. */
function mostLike({ vector }, others) {
  let [place, most] = [0, -1];
  others.forEach((other, at) => {
    let same = 0;
    for (let part = 0; part < FEATURES; part += 1) same += vector[part] * other.vector[part];
    if (same > most) [place, most] = [at, same];
  });
  return place;
}
