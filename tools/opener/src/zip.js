// The container: a ZIP with stored members only. Everything that Tweeluik never writes is refused.

const LOCAL = 0x04034b50, CENTRAL = 0x02014b50, END = 0x06054b50
const SAFE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*)*$/

/** Map of name to bytes, in the order of the members. Throws when a byte belongs to no member. */
export function unpack(data) {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  const end = data.length - 22
  if (end < 0 || view.getUint32(end, true) !== END || view.getUint16(end + 20, true) !== 0) throw new Error("no end")
  const count = view.getUint16(end + 10, true)
  const members = new Map()
  let central = view.getUint32(end + 16, true)
  let expected = 0
  for (let number = 0; number < count; number++) {
    if (view.getUint32(central, true) !== CENTRAL) throw new Error("no member")
    const entry = readEntry(data, view, central)
    if (entry.offset !== expected) throw new Error("a gap")
    checkLocal(data, view, entry)
    const start = entry.offset + 30 + entry.name.length
    expected = start + entry.size
    if (members.has(entry.name)) throw new Error("a double name")
    members.set(entry.name, data.subarray(start, expected))
    central += 46 + entry.name.length
  }
  if (view.getUint32(end + 16, true) !== expected || central !== end) throw new Error("bytes of no member")
  return members
}

function readEntry(data, view, at) {
  const size = view.getUint32(at + 24, true)
  const nameLength = view.getUint16(at + 28, true)
  const name = ascii(data.subarray(at + 46, at + 46 + nameLength))
  const stored = view.getUint16(at + 8, true) === 0 && view.getUint16(at + 10, true) === 0
  const plain = view.getUint16(at + 30, true) === 0 && view.getUint16(at + 32, true) === 0
  if (!stored || !plain || view.getUint32(at + 20, true) !== size || !SAFE_NAME.test(name)) throw new Error("a member that is not plain")
  return { name, size, offset: view.getUint32(at + 42, true) }
}

function checkLocal(data, view, entry) {
  const at = entry.offset
  const same =
    view.getUint32(at, true) === LOCAL && view.getUint16(at + 6, true) === 0 && view.getUint16(at + 8, true) === 0 &&
    view.getUint32(at + 18, true) === entry.size && view.getUint32(at + 22, true) === entry.size &&
    view.getUint16(at + 26, true) === entry.name.length && view.getUint16(at + 28, true) === 0 &&
    ascii(data.subarray(at + 30, at + 30 + entry.name.length)) === entry.name
  if (!same) throw new Error("a member under two names")
}

function ascii(bytes) {
  return String.fromCharCode(...bytes)
}
