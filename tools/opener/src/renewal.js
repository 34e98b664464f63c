// The note beside an archive copy that was sealed again, read and followed as `confidential/bundle/renewal.py` does.

import { covered, identified, only, sections } from "./stated.js"

/** What a note says, or null when it is none. */
export function parseRenewal(data) {
  try {
    const all = sections(data), { series, sequence, made } = identified(all, "Opnieuw verzegeld")
    return { series, sequence, day: made, file: covered(only(all, "Bestand")), former: covered(only(all, "In de plaats van")) }
  } catch {
    return null
  }
}

const same = (one, other) => [...new Set(one)].sort().join("\n") === [...new Set(other)].sort().join("\n")

/** From a file with this digest back to the one that the sender made, by notes that somebody vouches for.
 *
 * `first` are the readers whom the sender meant. A trail that does not lead to them is none. */
export function follow(digest, first, notes, vouches) {
  const renewals = []
  let at = digest
  const leadsOn = (note) =>
    note.said.file.sha256 === at && !renewals.includes(note) &&
    (!renewals.length || same(note.said.file.recipients, renewals.at(-1).said.former.recipients)) && vouches(note)
  for (let note = notes.find(leadsOn); note; note = notes.find(leadsOn)) {
    renewals.push(note)
    at = note.said.former.sha256
  }
  if (!renewals.length || !same(renewals.at(-1).said.former.recipients, first)) return { original: digest, readers: first, renewals: [] }
  return { original: at, readers: renewals[0].said.file.recipients, renewals }
}
