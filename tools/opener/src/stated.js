// What a receipt or a note states of sealed files, line by line, read as `confidential/bundle/stated.py` does.

import { isDay } from "./text.js"

const HEAD = /^(Reeks|Volgnummer|Gemaakt|Bestand|Bestand om te openen|Opnieuw verzegeld|In de plaats van): ([^ \t\n][^\n]*)$/
const DIGITS = /^  ((?:[0-9a-f]{4} ){7,15}[0-9a-f]{4})$/
const HOLDER = /^  ([a-z][a-z0-9-]{0,30}): ((?:[0-9a-f]{4} ){7}[0-9a-f]{4})$/

/** Every head with what stands below it. */
export function sections(data) {
  const found = [{ head: "", said: "", digits: [], holders: [] }]
  for (const line of new TextDecoder().decode(data).split("\n").map((each) => each.replace(/\r+$/, ""))) {
    const head = HEAD.exec(line) ?? (line === "Vervangt:" ? ["", "Vervangt", ""] : null)
    const digits = DIGITS.exec(line), holder = HOLDER.exec(line)
    if (head) found.push({ head: head[1], said: head[2], digits: [], holders: [] })
    else if (digits) found.at(-1).digits.push(digits[1])
    else if (holder) found.at(-1).holders.push(`${holder[1]}: ${holder[2]}`)
  }
  return found
}

/** The one section with this head. Throws when it stands there twice, or not at all. */
export function only(all, head) {
  const found = all.filter((each) => each.head === head)
  if (found.length !== 1) throw new Error(head)
  return found[0]
}

/** Digests of 64 digits. */
export function digests(section) {
  const joined = section.digits.join("").replaceAll(" ", "")
  if (joined.length % 64) throw new Error("digits")
  return joined.match(/.{64}/g) ?? []
}

/** The one sealed file that a section is about. */
export function covered(section) {
  const found = digests(section)
  if (found.length !== 1) throw new Error("digest")
  return { name: section.said, sha256: found[0], recipients: section.holders }
}

/** The neutral mark, the number and the day of a text; `day` is the head of that. */
export function identified(all, day) {
  const [series, sequence, made] = ["Reeks", "Volgnummer", day].map((head) => only(all, head).said)
  if (!/^(?:[0-9a-f]{4} ){3}[0-9a-f]{4}$/.test(series) || !/^[1-9][0-9]{0,5}$/.test(sequence) || !isDay(made)) throw new Error("heads")
  return { series, sequence: Number(sequence), made }
}
