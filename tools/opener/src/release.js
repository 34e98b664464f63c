// The public record of a version, `release.json`: strict, as `record/canonical.py` reads it.

import { Refusal } from "./refusal.js"
import { digest, flag, like, list, maybe, oneOf, orNull, record, strictly, table, text, whole, yes } from "./shapes.js"
import { isDay } from "./text.js"

export const NO_RECORD = "Dit bestand is geen release.json van de site, of de bundel heeft geen scharnier."
const TOTAL = "_T", NAMES = ["kind", "region", "pillar", "theme", "measure", "form", "first_year"]

const count = whole(0, 1e9), version = whole(1, 9999), day = orNull(isDay)
const isCategory = record({ code: text, label: text, parent: maybe(text), plural: maybe(text) })
const isDimension = record({ name: oneOf(...NAMES), partition: flag, categories: list(isCategory) })
const isHidden = { value: (value) => value === null, status: oneOf("suppressed") }
const isShown = { value: count, status: oneOf("shown") }, isRounded = { value: count, status: oneOf("rounded") }
const isNotice = record({
  marking: text, reason: text, classified_until: isDay, decided_by: text, inspection_from: isDay, inspection_until: isDay, location: text, audience: text,
})

const isTable = (raw) => hasShape(raw) && hasEveryCell(raw) && hasItsNotes(raw)

const hasShape = record({
  id: text, title: text, counts: oneOf("partners", "conversations"), note: maybe(text),
  notes: maybe((raw) => raw.length && list(record({ dimension: text, code: text, text }))(raw)),
  dimensions: (raw) => raw.length && list(isDimension)(raw), cells: Array.isArray,
})

// One for every combination of categories and totals, in the order of the categories with the total last. Of partners
// in a number that is not exact it may say how many are named.
function hasEveryCell({ counts, dimensions, cells }) {
  const known = counts === "partners" ? { named: maybe(whole(1, 1e9)) } : {}
  const contents = [isShown, { ...isHidden, ...known }, { ...isRounded, ...known }]
  const places = dimensions.reduce(
    (found, { categories }) => found.flatMap((codes) => [...categories.map((each) => each.code), TOTAL].map((code) => [...codes, code])), [[]],
  )
  const isAt = (codes) => (cell) => contents.some((content) => record({ ...address(codes), ...content })(cell))
  const address = (codes) => Object.fromEntries(dimensions.map(({ name }, at) => [name, oneOf(codes[at])]))
  return cells.length === places.length && places.every((codes, at) => isAt(codes)(cells[at]))
}

function hasItsNotes({ dimensions, notes = [] }) {
  return notes.every((note) => dimensions.some(({ name, categories }) => name === note.dimension && categories.some(({ code }) => code === note.code)))
}

const FIRST = {
  schema: oneOf("tweeluik-release-1"), edition: text, version, title: text, status: oneOf("concept", "provisional", "final"),
  population: oneOf("agenda-partners", "conversation-partners"), period: record({ from: isDay, until: isDay }), due: day, sent: day,
  parliament: orNull(record({ dossier: text, number: orNull(count), document: orNull(text) })), notice: orNull(isNotice),
  corrections: list(record({ version: count, date: isDay, note: text, withdraws: maybe(yes) })),
  threshold: count, protection: oneOf("suppression", "rounding"), rounding_base: maybe(whole(2, 999)),
  tables: list(isTable), named: list(text), hinge: maybe(digest),
}
const SINCE_THE_LOG = {
  schema: oneOf("tweeluik-release-2"), as_of: day,
  imprint: record({
    title: text, publisher: text, contact_name: text, contact_email: text, licence: oneOf("CC0-1.0", "CC-BY-4.0"), threshold_source: text,
    wording: maybe((raw) => table(text)(raw) && Object.keys(raw).length),
  }),
  compared: orNull(record({ edition: text, version })), next_due: day, salts: list(like(/^[0-9a-f]{32}$/)), struck: list(digest), late: maybe(text),
}
const isFirst = record(FIRST), isSecond = record({ ...FIRST, ...SINCE_THE_LOG })

/** What a public record says. Throws for anything that the site would not publish so. */
export function publicRecord(data) {
  try {
    const found = strictly(data, (raw) => isFirst(raw) || (isSecond(raw) && agrees(raw)), 2)
    if (!saysBoth(found)) return found
  } catch {
    // Whatever it is, it is none.
  }
  throw new Refusal(NO_RECORD)
}

const agrees = ({ salts, named, as_of, status }) => salts.length === named.length && (as_of === null) === (status === "final")

// Takes the edition back, and shows something of it all the same.
const saysBoth = ({ version, corrections, tables, named, notice, hinge }) => {
  const last = corrections.at(-1)
  return last?.withdraws && last.version === version && (tables.length || named.length || notice || hinge)
}
