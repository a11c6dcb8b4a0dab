// The constants of a module, such as texts and tables: the linker's map says where each one is.
//
// The module is given in binaryen's text form.

/** The line of a module that has its constants. */
const LINE = /^ \(data \$\.rodata \(i32\.const (\d+)\) "(.*)"\)$/m;
/** A line of the map: the address and size of a part of a section. */
const OBJECT = /^\s*([0-9a-f]+)\s+[0-9a-f]+\s+([0-9a-f]+)\s.*\(\.rodata[^)]*\)$/;
/** How many bytes the id of a type has. */
const ID = 16;

/** The places of the constants, in order: address and size in bytes. `map` is the text of the linker's map. */
export function constants(map) {
  const found = map.split('\n').map((line) => line.match(OBJECT)).filter(Boolean);
  const objects = found.map(([, address, size]) => ({ address: parseInt(address, 16), size: parseInt(size, 16) }));
  if (objects.length === 0) throw new Error('the linker’s map has no constants');
  return objects.filter(({ size }) => size > 0).sort((one, other) => one.address - other.address);
}

/**
 * The text of the same module with short ids of types. The compiler gives each type an id of 128 bits, a hash, which no
 * compressor makes shorter. The program compares ids and has maps whose keys they are, so numbers do as well.
 * docs/decisions/0015-leptos.md says what this saves.
 */
export function withShortTypeIds(text, objects) {
  const { start, bytes } = read(text);
  const end = objects.at(-1).address + objects.at(-1).size;
  if (end !== start + bytes.length) {
    throw new Error(`the module’s constants end at ${start + bytes.length}, and those of the linker’s map at ${end}: is it the map of another build?`);
  }
  const short = new Map();
  for (const { address, size } of objects) {
    const id = bytes.subarray(address - start, address - start + size);
    if (size !== ID || isText(id) || !isHash(id.subarray(0, 8)) || !isHash(id.subarray(8))) continue;
    const [first, second] = [id.readBigInt64LE(0), id.readBigInt64LE(8)];
    // Maps look at the second half only.
    if (!short.has(first)) short.set(second, BigInt(1 + short.size / 2)).set(first, 0n);
    id.writeBigInt64LE(short.get(first), 0);
    id.writeBigInt64LE(short.get(second), 8);
  }
  if (short.size === 0) throw new Error('the module has no ids of types');
  // Code that looks at a quarter of an id would be wrong now.
  const quarters = new Set([...short.keys()].flatMap((half) => [BigInt.asIntN(32, half), BigInt.asIntN(32, half >> 32n)]).map(String));
  const [quarter] = [...text.matchAll(/\(i32\.const (-?\d{7,})\)/g)].filter(([, value]) => quarters.has(value));
  if (quarter) throw new Error(`the module uses a quarter of the id of a type, ${quarter[1]}`);
  const code = text.replace(/(?<=\(i64\.const )-?\d{10,}(?=\))/g, (half) => short.get(BigInt(half)) ?? half);
  return code.replace(LINE, () => written(start, bytes));
}

/** Whether these bytes are a text. */
function isText(bytes) {
  const text = bytes.toString('utf8');
  return !/[\0-\x1f\ufffd]/.test(text);
}

/** Whether these bytes can be a part of a hash: many different ones, and no small number. */
function isHash(bytes) {
  return new Set(bytes).size > 4 && !bytes.includes(Buffer.from([0, 0]));
}

/** The constants of a module, and the address of the first byte. */
function read(text) {
  const [, start, string] = text.match(LINE) ?? [];
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
