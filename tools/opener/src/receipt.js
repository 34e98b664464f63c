// The receipt of a bundle, read as `confidential/bundle/receipt.py` reads it.

import { sha256 } from "@noble/hashes/sha2.js"
import { bytesToHex } from "@noble/hashes/utils.js"
import { covered, digests, identified, only, sections } from "./stated.js"
import { inGroups } from "./text.js"

/** A neutral mark for all bundles of one edition. */
export const seriesOf = (edition) => inGroups(bytesToHex(sha256(new TextEncoder().encode(`tweeluik bundle ${edition}`))).slice(0, 16))

/** What a receipt says, or null when it is none. */
export function parseReceipt(data) {
  try {
    const all = sections(data), { series, sequence, made } = identified(all, "Gemaakt")
    const opener = digests(only(all, "Bestand om te openen"))[0]
    if (!opener) return null
    const copies = all.filter((each) => each.head === "Bestand").map(covered)
    const supersedes = all.filter((each) => each.head === "Vervangt").flatMap(digests)
    return { series, sequence, created: made, copies, opener, supersedes }
  } catch {
    return null
  }
}
