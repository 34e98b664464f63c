// The hinge: whether the exact numbers of the bundle and the public record of the site are of one source.
// As `record/hinge.py`: a leaf is sha256(0x00 ‖ salt ‖ address ‖ value), a node sha256(0x01 ‖ left ‖ right), an odd last one rises.

import { sha256 } from "@noble/hashes/sha2.js"
import { bytesToHex, hexToBytes, utf8ToBytes, concatBytes } from "@noble/hashes/utils.js"
import { Refusal } from "./refusal.js"
import { sameBytes } from "./text.js"

const SCHEMAS = ["tweeluik-release-1", "tweeluik-release-2"]
const NO_RECORD = "Dit bestand is geen release.json van de site, of de bundel heeft geen scharnier."
export const HINGE = "02-gegevens/scharnier.json", NUMBERS = "02-gegevens/gegevens.json"

/** Where the bundle and a public record (bytes of `release.json`) differ, in words without a value. Empty: nowhere. */
export function disagreements(members, record) {
  const openings = sealedOpenings(members.get(HINGE)), numbers = read(members.get(NUMBERS)), release = publicRecord(record)
  if (release.edition !== openings.edition || release.version !== openings.version) return ["Dit is de openbare tekst van een andere editie of versie."]
  if (!release.hinge && !release.tables.length) return ["Deze openbare tekst heeft geen scharnier en geen getallen. Er is niets om mee te vergelijken."]
  const inside = insideBundle(openings, numbers)
  const shown = release.tables.flatMap((table) => onThePage(table, openings, release))
  const found = [...inside, ...shown]
  if (release.hinge && release.hinge !== root(openings)) {
    found.push(found.length ? "Het scharnier van de site hoort bij andere getallen." : "Het scharnier van de site hoort bij andere getallen. Het verschil zit in een getal dat de site niet toont.")
  }
  return found
}

function read(data) {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(data))
  } catch {
    throw new Refusal(NO_RECORD)
  }
}

// The openings, which are what the sender's program writes, to the byte.
function sealedOpenings(data) {
  const raw = read(data)
  const isSound = ({ table, codes, value, salt }) => [table, ...codes].every((each) => typeof each === "string") && isCount(value) && /^[0-9a-f]{64}$/.test(salt)
  try {
    const { schema, edition, version, cells } = raw
    const made = { schema, edition, version, cells: cells.map(({ table, codes, value, salt }) => ({ table, codes: [...codes], value, salt })) }
    const isWhole = schema === "tweeluik-hinge-1" && /^[a-z0-9][a-z0-9-]*$/.test(edition) && typeof edition === "string" && Number.isInteger(version) && cells.every(isSound)
    if (isWhole && sameBytes(utf8ToBytes(`${JSON.stringify(made, null, 1)}\n`), data)) return made
  } catch {
    // What has other parts is none either.
  }
  throw new Refusal(NO_RECORD)
}

const isCount = (value) => Number.isSafeInteger(value) && value >= 0

/** Whether a public record has a hinge: without one only the numbers that it shows are compared. */
export const hasHinge = (record) => Boolean(publicRecord(record).hinge)

// Of a record as much as is used here, by the schema on the site; a text that is none would differ nowhere.
function publicRecord(data) {
  const record = read(data)
  if (!SCHEMAS.includes(record?.schema) || !Array.isArray(record.tables) || !record.tables.every(isTable)) throw new Refusal(NO_RECORD)
  if (record.hinge !== undefined && !/^[0-9a-f]{64}$/.test(record.hinge)) throw new Refusal(NO_RECORD)
  return record
}

function isTable(table) {
  const isSide = (each) => typeof each?.name === "string"
  return typeof table?.id === "string" && Array.isArray(table.dimensions) && table.dimensions.every(isSide) && Array.isArray(table.cells) && table.cells.every(isCell)
}

const isCell = (cell) => (cell?.status === "suppressed" ? cell.value === null : ["shown", "rounded"].includes(cell?.status) && Number.isInteger(cell.value))

const place = (table, codes) => `tabel ${table}, cel ${codes.join(" en ")}`

// The openings and the tables of the bundle say every number twice.
function insideBundle(openings, numbers) {
  const listed = listedIn(numbers)
  return openings.cells.filter((cell) => listed.get(place(cell.table, cell.codes)) !== cell.value)
    .map((cell) => `In de bundel zelf staan twee getallen: ${place(cell.table, cell.codes)}.`)
}

// What has no tables as they should be lists no number.
function listedIn(numbers) {
  try {
    return new Map(numbers.tables.flatMap((table) => table.cells.map((cell) => [place(table.id, table.dimensions.map((each) => cell[each])), cell.value])))
  } catch {
    return new Map()
  }
}

function onThePage(table, openings, release) {
  const sealed = new Map(openings.cells.filter((cell) => cell.table === table.id).map((cell) => [place(table.id, cell.codes), cell.value]))
  if (sealed.size !== table.cells.length) return [`De site heeft andere cellen in tabel ${table.id}.`]
  return table.cells.flatMap((cell) => {
    const where = place(table.id, table.dimensions.map((each) => cell[each.name]))
    return isTrue(cell, sealed.get(where), release) ? [] : [`De site toont een ander getal: ${where}.`]
  })
}

function isTrue(cell, value, release) {
  if (value === undefined) return false
  if (cell.status === "shown") return cell.value === value
  if (cell.status === "rounded") return Math.abs(cell.value - value) < (release.rounding_base ?? 1)
  return cell.status === "suppressed"
}

function root({ edition, version, cells }) {
  let level = cells.map(({ table, codes, value, salt }) => {
    const address = utf8ToBytes(JSON.stringify([edition, version, table, ...codes]))
    return sha256(concatBytes(Uint8Array.of(0), hexToBytes(salt), address, utf8ToBytes(String(value))))
  })
  if (!level.length) return bytesToHex(sha256(new Uint8Array()))
  while (level.length > 1) {
    const next = []
    for (let at = 0; at < level.length; at += 2) {
      next.push(at + 1 < level.length ? sha256(concatBytes(Uint8Array.of(1), level[at], level[at + 1])) : level[at])
    }
    level = next
  }
  return bytesToHex(level[0])
}
