// The constants of a module, such as texts and tables: the linker's map says where each one is.
//
// The module is given in binaryen's text form.

/** The line of a module that has its constants. */
const LINE = /^ \(data \$\.rodata \(i32\.const (\d+)\) "(.*)"\)$/m;
/** A line of the map: address, size, and section of a constant. */
const OBJECT = /^\s*([0-9a-f]+)\s+[0-9a-f]+\s+([0-9a-f]+)\s.*\((\.rodata[^)]*)\)$/;
/** The section of a constant without a name, as ids of types are. */
const UNNAMED = /^\.rodata\.\.Lanon\./;
/** How many bytes the id of a type has. */
const ID = 16;

/** The constants, in order: address, size in bytes, and section. `map` is the text of the linker's map. */
export function constants(map) {
  const found = map.split('\n').map((line) => line.match(OBJECT)).filter(Boolean);
  const objects = found.map(([, address, size, section]) => ({ address: parseInt(address, 16), size: parseInt(size, 16), section }));
  if (objects.length === 0) throw new Error('the linker’s map has no constants');
  return objects.filter(({ size }) => size > 0).sort((one, other) => one.address - other.address);
}

/**
 * The text of the same module with short ids of types. The compiler gives each type an id of 128 bits, a hash, which no
 * compressor makes shorter. The program compares ids and has maps whose keys they are, so numbers in the same order do as well.
 * A constant that may be something else than an id keeps its bytes, wherever it stands. docs/decisions/0015-leptos.md says what
 * this saves.
 */
export function withShortTypeIds(text, objects) {
  const { start, bytes } = read(text);
  const end = start + bytes.length;
  const last = objects.at(-1);
  if (objects[0].address < start || last.address + last.size !== end) {
    const ofMap = `${objects[0].address} to ${last.address + last.size}`;
    throw new Error(`the module has constants at ${start} to ${end}, and the linker’s map at ${ofMap}: it is the map of another build; remove target/browser and build again`);
  }
  const ids = new Map();
  for (const { address, size, section } of objects) {
    const id = bytes.subarray(address - start, address - start + size);
    if (size === ID && UNNAMED.test(section) && isId(id, start, end)) ids.set(id.toString('hex'), Buffer.from(id));
  }
  if (ids.size === 0) throw new Error('the module has no ids of types');
  const inOrder = [...ids.values()].sort((one, other) => (number(one) < number(other) ? -1 : 1));
  // Maps look at the second half only, which is the upper one.
  const short = new Map(inOrder.flatMap((id, place) => [[id.readBigInt64LE(0), 0n], [id.readBigInt64LE(8), BigInt(place + 1)]]));
  for (const { address, size } of objects) {
    const id = bytes.subarray(address - start, address - start + size);
    if (!ids.has(id.toString('hex'))) continue;
    for (const half of [0, 8]) id.writeBigInt64LE(short.get(id.readBigInt64LE(half)), half);
  }
  const lines = text.replace(LINE, () => written(start, bytes)).split('\n');
  const shortened = lines.map((line, at) => {
    const value = line.match(/^\s*\(i64\.const (-?\d+)\)$/)?.[1];
    const other = value && short.get(BigInt(value));
    if (other === undefined) return line;
    const parent = instructionAround(lines, at);
    if (!['i64.xor', 'i64.eq', 'i64.ne'].includes(parent)) throw new Error(`the module uses the id of a type, ${value}, in ${parent}; expected a comparison`);
    return line.replace(value, other);
  });
  refuseTraces(shortened, short);
  return shortened.join('\n');
}

/** Throws if the module still has something that is made from an id that is gone. */
function refuseTraces(lines, short) {
  const numbers = new Set(lines.flatMap((line) => Array.from(line.matchAll(/\(i(?:32|64)\.const (-?\d{7,})\)/g), ([, value]) => value)));
  const data = lines.filter((line) => line.startsWith(' (data ')).map((line) => read(line, /\(i32\.const (\d+)\) "(.*)"\)$/).bytes);
  for (const half of short.keys()) {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(half);
    const parts = [half, -half, half - 1n, half + 1n, BigInt.asIntN(32, half), half >> 32n];
    if (parts.some((part) => numbers.has(String(part))) || data.some((segment) => segment.includes(bytes))) {
      throw new Error(`the module uses the id of a type in an unknown way: ${half}`);
    }
  }
}

/** The instruction whose operand stands in this line. */
function instructionAround(lines, at) {
  const depth = (line) => line.search(/\S/);
  let place = at;
  while (depth(lines[place]) >= depth(lines[at])) place -= 1;
  return lines[place].trim().match(/^\(?([^\s)]*)/)[1];
}

/** Whether these 16 bytes are an id: a hash, and no text, no template for a text (it ends with 0), no addresses and no floats. */
function isId(bytes, start, end) {
  const halves = [bytes.subarray(0, 8), bytes.subarray(8)];
  const words = [0, 4, 8, 12].map((at) => bytes.readUInt32LE(at));
  const signs = bytes.filter((byte) => byte >= 0x20 && byte < 0x7f);
  const isText = signs.length > 10 || bytes.at(-1) === 0 || !bytes.toString('utf8').includes('\ufffd');
  const isAddress = (word) => word >= start && word <= end;
  const isFloat = (half) => Math.abs(Math.log10(Math.abs(half.readDoubleLE(0)))) < 20;
  return halves.every(isHash) && !isText && !words.some(isAddress) && !halves.every(isFloat);
}

/** Whether these bytes can be a part of a hash: many different ones, and no small number. */
function isHash(bytes) {
  return new Set(bytes).size > 4 && !bytes.includes(Buffer.from([0, 0]));
}

/** The id as a number without a sign. */
function number(id) {
  return (id.readBigUInt64LE(8) << 64n) + id.readBigUInt64LE(0);
}

/** The constants of a module, and the address of the first byte. `line` matches the line that has them. */
function read(text, line = LINE) {
  const [, start, string] = text.match(line) ?? [];
  if (!start) throw new Error('the module has no constants');
  const escapes = { t: 9, n: 10, r: 13, '"': 34, "'": 39, '\\': 92 };
  const parts = string.match(/\\[0-9a-f]{2}|\\.|[^\\]+/g).map((part) => {
    if (part[0] !== '\\') return Buffer.from(part);
    return Buffer.from([part.length === 3 ? parseInt(part.slice(1), 16) : escapes[part[1]]]);
  });
  return { start: Number(start), bytes: Buffer.concat(parts) };
}

/** The line of a module that has these constants. */
function written(start, bytes) {
  return ` (data $.rodata (i32.const ${start}) "${bytes.toString('hex').replace(/../g, '\\$&')}")`;
}
