// The hinge: whether the exact numbers of the bundle and the public record of the site are of one source.
// As `record/hinge.py`: a leaf is sha256(0x00 ‖ salt ‖ address ‖ value), a node sha256(0x01 ‖ left ‖ right), an odd last one rises.

import { sha256 } from "@noble/hashes/sha2.js"
import { bytesToHex, hexToBytes, utf8ToBytes, concatBytes } from "@noble/hashes/utils.js"
import { Refusal } from "./refusal.js"
import { NO_RECORD, publicRecord } from "./release.js"
import { digest, like, list, oneOf, record, strictly, text, whole } from "./shapes.js"

export const HINGE = "02-gegevens/scharnier.json", NUMBERS = "02-gegevens/gegevens.json"

/** Where the bundle and a public record (bytes of `release.json`) differ, in words without a value. Empty: nowhere. */
export function disagreements(members, published) {
  const openings = sealedOpenings(members.get(HINGE)), numbers = read(members.get(NUMBERS)), release = publicRecord(published)
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

// The openings, which are what the sender's program writes, to the byte.
const isSealed = record({
  schema: oneOf("tweeluik-hinge-1"), edition: like(/^[a-z0-9][a-z0-9-]*$/), version: Number.isInteger,
  cells: list(record({ table: text, codes: list(text), value: whole(0, Number.MAX_SAFE_INTEGER), salt: digest })),
})

function sealedOpenings(data) {
  try {
    return strictly(data, isSealed, 1)
  } catch {
    throw new Refusal(NO_RECORD)
  }
}

// The tables of the bundle; what is no JSON is none.
function read(data) {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(data))
  } catch {
    throw new Refusal(NO_RECORD)
  }
}

/** Whether a public record has a hinge: without one only the numbers that it shows are compared. */
export const hasHinge = (published) => Boolean(publicRecord(published).hinge)

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
