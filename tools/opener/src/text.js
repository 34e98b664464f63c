// Bytes and text, as the program reads them.

export const inGroups = (digits) => digits.match(/.{4}/g).join(" ")

/** Text in UTF-8, or in UTF-16 with its mark, as Windows writes it. Throws for anything else. */
export function decode(data) {
  const [encoding, skip] = data[0] === 0xff && data[1] === 0xfe ? ["utf-16le", 2] : data[0] === 0xfe && data[1] === 0xff ? ["utf-16be", 2] : ["utf-8", 0]
  return new TextDecoder(encoding, { fatal: true }).decode(data.subarray(skip))
}

/** The lines of a text, without what is blank at their ends: also a space that does not break, and a mark where two files were joined. */
export const lines = (text) => text.split(/\r\n|\r|\n/).map((line) => line.replace(/^[ \t\u00a0\ufeff]+|[ \t\u00a0\ufeff]+$/g, ""))

/** A day as 2026-07-03 that is in the calendar. */
export function isDay(text) {
  if (typeof text !== "string" || !/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text) || text < "0001") return false
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === text
}

export function sameBytes(one, other) {
  return one.length === other.length && one.every((byte, at) => byte === other[at])
}
