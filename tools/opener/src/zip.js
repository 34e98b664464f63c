// The container: a ZIP of which every byte follows from its members, as `confidential/bundle/container.py` makes it.
// Read by writing: every head is made once more from what it says, and compared.

const LOCAL = 0x04034b50, CENTRAL = 0x02014b50, END = 0x06054b50
const SAFE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*)*$/
const DEVICE = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?$/i
const LONGEST_NAME = 100, MEMBERS_LIMIT = 500
const VERSION = 20, UNIX = 3, DAY = 33, REGULAR = (0o100600 << 16) >>> 0
export const PADDING = "vulling.bin"

/** Map of name to bytes without the padding, in the order of the members. Throws when a byte is not as it is made. */
export function unpack(data) {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  const end = data.length - 22
  if (end < 0) throw new Error("no end")
  const count = view.getUint16(end + 10, true), start = view.getUint32(end + 16, true)
  if (count > MEMBERS_LIMIT) throw new Error("too many members")
  const members = new Map()
  let central = start, offset = 0
  for (let number = 0; number < count; number++) {
    const entry = readEntry(data, view, central, offset)
    if (number && entry.name <= [...members.keys()].pop()) throw new Error("members out of order")
    members.set(entry.name, entry.bytes)
    offset += 30 + entry.name.length + entry.bytes.length
    central += 46 + entry.name.length
  }
  if (start !== offset || central !== end) throw new Error("bytes of no member")
  same(data, end, fields([4, END], [2, 0], [2, 0], [2, count], [2, count], [4, central - start], [4, start], [2, 0]))
  return withoutPadding(members, data.length)
}

function readEntry(data, view, central, offset) {
  const size = view.getUint32(central + 24, true), length = view.getUint16(central + 28, true)
  if (length > LONGEST_NAME || central + 46 + length > data.length) throw new Error("a name too long")
  const name = ascii(data.subarray(central + 46, central + 46 + length))
  const from = offset + 30 + length
  if (from + size > data.length) throw new Error("a member too large")
  const bytes = data.subarray(from, from + size)
  const about = [[2, 0], [2, 0], [2, 0], [2, DAY], [4, crc32(bytes)], [4, size], [4, size], [2, length], [2, 0]]
  same(data, offset, fields([4, LOCAL], [2, VERSION], ...about), name)
  const more = [[2, 0], [2, 0], [2, 0], [4, REGULAR], [4, offset]]
  same(data, central, fields([4, CENTRAL], [1, VERSION], [1, UNIX], [2, VERSION], ...about, ...more), name)
  return { name, bytes }
}

function withoutPadding(members, size) {
  const names = [...members.keys()], folded = new Set(names.map((name) => name.toLowerCase()))
  if (folded.size < names.length || names.some((name) => !isSafe(name) || liesInMember(name, folded))) throw new Error("a name")
  const padding = members.get(PADDING)
  if (!padding || padding.some((byte) => byte !== 0) || size !== padme(size - padding.length)) throw new Error("padding")
  members.delete(PADDING)
  return members
}

function isSafe(name) {
  return SAFE_NAME.test(name) && !name.split("/").some((part) => DEVICE.test(part) || part.endsWith("."))
}

function liesInMember(name, folded) {
  const parts = name.toLowerCase().split("/")
  return parts.some((_, at) => at > 0 && folded.has(parts.slice(0, at).join("/")))
}

/** The padded size (Padmé): the least number not under `size` whose mantissa has no more bits than its exponent. */
export function padme(size) {
  const bits = (number) => 32 - Math.clz32(number)
  const exponent = bits(size) - 1, mask = 2 ** (exponent - bits(exponent)) - 1
  return size + ((mask + 1 - (size % (mask + 1))) % (mask + 1))
}

function fields(...pairs) {
  const bytes = []
  for (const [size, value] of pairs) for (let at = 0; at < size; at++) bytes.push((value >>> (8 * at)) & 0xff)
  return bytes
}

function same(data, at, bytes, name = "") {
  const all = [...bytes, ...[...name].map((letter) => letter.charCodeAt(0))]
  if (at + all.length > data.length || all.some((byte, index) => data[at + index] !== byte)) throw new Error("a head that is not as it is made")
}

function ascii(bytes) {
  return String.fromCharCode(...bytes)
}

const TABLE = Uint32Array.from({ length: 256 }, (_, number) => {
  for (let bit = 0; bit < 8; bit++) number = number & 1 ? (number >>> 1) ^ 0xedb88320 : number >>> 1
  return number
})

function crc32(bytes) {
  let sum = 0xffffffff
  for (const byte of bytes) sum = (sum >>> 8) ^ TABLE[(sum ^ byte) & 0xff]
  return (sum ^ 0xffffffff) >>> 0
}
