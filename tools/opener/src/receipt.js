// The receipt of a bundle, read as `confidential/bundle/receipt.py` reads it.

import { sha256 } from "@noble/hashes/sha2.js"
import { bytesToHex } from "@noble/hashes/utils.js"
import { inGroups, isDay } from "./text.js"

const HEAD = /^(Reeks|Volgnummer|Gemaakt|Bestand|Bestand om te openen): (\S[^\n]*)$/
const DIGITS = /^  ((?:[0-9a-f]{4} ){7,15}[0-9a-f]{4})$/
const HOLDER = /^  ([a-z][a-z0-9-]{0,30}): ((?:[0-9a-f]{4} ){7}[0-9a-f]{4})$/

/** A neutral mark for all bundles of one edition. */
export const seriesOf = (edition) => inGroups(bytesToHex(sha256(new TextEncoder().encode(`tweeluik bundle ${edition}`))).slice(0, 16))

/** What a receipt says, or null when it is none. */
export function parseReceipt(data) {
  const all = sections(new TextDecoder().decode(data).split("\n").map((line) => line.replace(/\r+$/, "")))
  const only = (head) => {
    const found = all.filter((each) => each.head === head)
    if (found.length !== 1) throw new Error(head)
    return found[0]
  }
  try {
    const [series, sequence, created] = ["Reeks", "Volgnummer", "Gemaakt"].map((head) => only(head).said)
    const opener = digests(only("Bestand om te openen"))[0]
    const fits = /^(?:[0-9a-f]{4} ){3}[0-9a-f]{4}$/.test(series) && /^[1-9][0-9]{0,5}$/.test(sequence) && isDay(created) && opener
    if (!fits) return null
    const copies = all.filter((each) => each.head === "Bestand").map((each) => {
      const found = digests(each)
      if (found.length !== 1) throw new Error("digest")
      return { name: each.said, sha256: found[0], recipients: each.holders }
    })
    const supersedes = all.filter((each) => each.head === "Vervangt").flatMap(digests)
    return { series, sequence: Number(sequence), created, copies, opener, supersedes }
  } catch {
    return null
  }
}

function sections(lines) {
  const found = [{ head: "", said: "", digits: [], holders: [] }]
  for (const line of lines) {
    const head = HEAD.exec(line) ?? (line === "Vervangt:" ? ["", "Vervangt", ""] : null)
    const digits = DIGITS.exec(line), holder = HOLDER.exec(line)
    if (head) found.push({ head: head[1], said: head[2], digits: [], holders: [] })
    else if (digits) found.at(-1).digits.push(digits[1])
    else if (holder) found.at(-1).holders.push(`${holder[1]}: ${holder[2]}`)
  }
  return found
}

function digests(section) {
  const joined = section.digits.join("").replaceAll(" ", "")
  if (joined.length % 64) throw new Error("digits")
  return joined.match(/.{64}/g) ?? []
}
