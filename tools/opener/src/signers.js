// Who may sign: the allowed_signers of OpenSSH as a person writes it, read as `confidential/age/signers.py` does.

import { Refusal } from "./refusal.js"
import { decode } from "./text.js"

const KEY = /(?:^|(?<=[ \t]))((?:sk-)?(?:ssh|ecdsa)-[a-z0-9-]+(?:@openssh\.com)?)[ \t]+([A-Za-z0-9+/]+=*)(?=[ \t]|$)/
const OPTION = '(?:namespaces|valid-after|valid-before)="[ !#-~]*"'
const OPTIONS = new RegExp(`(?:^|[ \\t])(${OPTION}(?:,${OPTION})*)[ \\t]*$`, "i")
const AUTHORITY = /(?:^|[ \t,])cert-authority(?:[ \t,]|$)/i
const MOMENT = /^[0-9]{4}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])(([01][0-9]|2[0-3])[0-5][0-9]([0-5][0-9])?)?Z?$/

/** Everyone in the file: a name, the bytes of the key, and from when until when it may sign. */
export function signers(data) {
  let text
  try {
    text = decode(data)
  } catch {
    throw new Refusal("Het bestand met ondertekenaars is geen tekst in UTF-8. Bewaar het als UTF-8.")
  }
  const lines = text.split("\n").map((line, at) => [at + 1, line.replace(/^[ \t\r]+|[ \t\r]+$/g, "")])
  const found = lines.filter(([, line]) => line && !line.startsWith("#")).map(([number, line]) => signer(line, number))
  if (!found.length) throw new Refusal("In het bestand met ondertekenaars staat niemand. Schrijf er een naam en een openbare sleutel in.")
  return found
}

function signer(line, number) {
  const wrong = (what) => new Refusal(`Het bestand met ondertekenaars, regel ${number}: ${what}`)
  if (line.includes("PRIVATE KEY")) throw wrong("hier staat een privésleutel. Haal hem weg. Neem de regel uit het bestand dat eindigt op .pub.")
  const key = KEY.exec(line)
  if (!key) throw wrong("hier staat geen openbare sleutel. Schrijf een naam, een spatie en de regel uit het bestand .pub.")
  const before = line.slice(0, key.index).replace(/[ \t]+$/, "")
  const options = OPTIONS.exec(before)
  const name = (options ? before.slice(0, options.index) : before).replace(/^[ \t"]+|[ \t"]+$/g, "")
  if (AUTHORITY.test(before)) throw wrong("certificaten gebruiken wij niet. Noem de sleutel zelf.")
  if (!name) throw wrong("er staat geen naam voor de sleutel. Schrijf ervoor van wie hij is.")
  if (name.includes("=")) throw wrong("een optie voor de sleutel is niet te lezen. Schrijf valid-before=\"20281231\".")
  const blob = bytes(key[2])
  if (!blob || !String.fromCharCode(...blob.subarray(0, 4 + key[1].length)).endsWith(key[1]) || blob[3] !== key[1].length) {
    throw wrong("de openbare sleutel is niet heel. Kopieer de regel opnieuw.")
  }
  return { name, blob, ...limits(options?.[1] ?? "", wrong) }
}

function limits(options, wrong) {
  const found = { after: null, before: null, namespaces: null }
  for (const [, name, value] of options.matchAll(/([a-z-]+)="([^"]*)"/gi)) {
    const key = name.toLowerCase().replace("valid-", "")
    if (key !== "namespaces" && !MOMENT.test(value)) throw wrong("de grens van de sleutel is niet te lezen. Schrijf valid-before=\"20281231\".")
    found[key] = key === "namespaces" ? value.split(",") : moment(value)
  }
  return found
}

/** A moment as a number to compare; without a Z it is in the time of this computer, and so is the day of a bundle. */
function moment(text) {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?/.exec(text).map(Number)
  const parts = [year, month - 1, day, hour || 0, minute || 0, second || 0]
  return text.endsWith("Z") ? Date.UTC(...parts) : new Date(...parts).getTime()
}

/** Whether a signer may sign in a namespace on a day (2026-07-03). */
export function maySign(signer, namespace, day) {
  const at = moment(day.replaceAll("-", ""))
  const names = signer.namespaces === null || fits(signer.namespaces, namespace)
  return names && (signer.after === null || at >= signer.after) && (signer.before === null || at <= signer.before)
}

/** A list of patterns of OpenSSH: `*` is anything, `?` one letter, and what is behind a `!` never. */
function fits(patterns, name) {
  const like = (pattern) => new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*").replaceAll("?", ".")}$`).test(name)
  const never = patterns.some((each) => each.startsWith("!") && like(each.slice(1)))
  return !never && patterns.some((each) => !each.startsWith("!") && like(each))
}

/** Bytes of base64 with its padding, or null. */
export function bytes(base64) {
  if (base64.length % 4 || !/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) return null
  try {
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
  } catch {
    return null
  }
}
