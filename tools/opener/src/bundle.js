// Opening and verifying, all in memory. A Refusal carries what to tell the reader; nothing else is ever shown.

import { Decrypter, identityToRecipient } from "age-encryption"
import { sha256 } from "@noble/hashes/sha2.js"
import { bytesToHex } from "@noble/hashes/utils.js"
import { unpack } from "./zip.js"

export class Refusal extends Error {}

const MANIFEST = "manifest.json", CHECKSUMS = "manifest-sha256.txt", SIGNATURE = "manifest.json.sig", PADDING = "vulling.bin"
const LIMIT = 2 ** 30, HEAD = 2 ** 16

/** The digest of a sealed file in groups of four, as on its receipt. */
export const digest = (data) => inGroups(bytesToHex(sha256(data)))

/** The secrets in an identity file. */
export function identities(text) {
  const lines = text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line && !line.startsWith("#"))
  if (lines.some((line) => line.startsWith("age1"))) {
    throw new Refusal("Dit is de openbare helft van een sleutel. Kies het bestand met de privéhelft.")
  }
  if (!lines.length || !lines.every((line) => /^AGE-SECRET-KEY-(PQ-)?1[0-9A-Z]+$/.test(line))) {
    throw new Refusal("Dit is geen sleutelbestand. Kies het bestand met uw eigen sleutel.")
  }
  return lines
}

/** The manifest and the members of a sealed file, after every check. */
export async function open(sealed, secrets) {
  if (sealed.length > LIMIT) throw new Refusal("Dit bestand is te groot voor een bundel.")
  refusePassphrase(sealed)
  const members = contained(await decrypt(sealed, secrets))
  const manifest = takeStock(members)
  await refuseResealed(manifest, secrets)
  return { manifest, members }
}

async function decrypt(sealed, secrets) {
  const decrypter = new Decrypter()
  try {
    for (const secret of secrets) decrypter.addIdentity(secret)
  } catch {
    throw new Refusal("De sleutel is beschadigd. Kopieer het sleutelbestand opnieuw.")
  }
  try {
    return await decrypter.decrypt(sealed)
  } catch {
    throw new Refusal("Dit bestand gaat niet open. De sleutel past niet, of het bestand is beschadigd. Vergelijk het controlegetal met de kwitantie.")
  }
}

// A passphrase file lets its maker decide how long opening takes, so it is refused by its head.
function refusePassphrase(sealed) {
  const head = new TextDecoder("latin1").decode(sealed.subarray(0, HEAD))
  if (!head.startsWith("age-encryption.org/v1\n")) throw new Refusal("Dit is geen verzegeld bestand. Kies het bestand dat eindigt op .age.")
  if (/^-> scrypt /m.test(head.split("\n---")[0])) throw new Refusal("Dit bestand is met een wachtwoord gemaakt. Zo maken wij geen bundels.")
}

function contained(data) {
  try {
    const members = unpack(data)
    const padding = members.get(PADDING)
    members.delete(PADDING)
    if (!padding || padding.some((byte) => byte !== 0)) throw new Error("padding")
    return members
  } catch {
    throw new Refusal("De inhoud is geen bundel van Tweeluik. Vraag de afzender om een nieuw bestand.")
  }
}

function takeStock(members) {
  const wrong = new Refusal("De inhoud is niet wat de inhoudslijst zegt. Gebruik dit bestand niet. Vraag de afzender om een nieuw bestand.")
  let manifest
  try {
    manifest = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(members.get(MANIFEST)))
  } catch {
    throw wrong
  }
  if (manifest.kind !== "tweeluik-bundle" || manifest.schema !== 1 || !Array.isArray(manifest.files)) throw wrong
  const listed = new Set(manifest.files.map((file) => file.name))
  const others = [...members.keys()].filter((name) => !listed.has(name))
  if (listed.size !== manifest.files.length || others.some((name) => ![MANIFEST, CHECKSUMS, SIGNATURE].includes(name))) throw wrong
  for (const file of manifest.files) {
    const data = members.get(file.name)
    if (!data || data.length !== file.size || bytesToHex(sha256(data)) !== file.sha256) throw wrong
  }
  const sums = [...manifest.files, { name: MANIFEST, sha256: bytesToHex(sha256(members.get(MANIFEST))) }]
  const text = sums.map((file) => `${file.sha256}  ${file.name}\n`).join("")
  if (new TextDecoder().decode(members.get(CHECKSUMS) ?? new Uint8Array()) !== text) throw wrong
  return manifest
}

// The manifest names to whom it was sealed: anyone else got it from somebody who sealed it again.
async function refuseResealed(manifest, secrets) {
  const named = new Set(manifest.recipients.map((each) => each.fingerprint))
  for (const secret of secrets) {
    const recipient = new TextEncoder().encode(await identityToRecipient(secret))
    if (named.has(inGroups(bytesToHex(sha256(recipient)).slice(0, 32)))) return
  }
  throw new Refusal("Deze bundel was niet voor deze sleutel bedoeld. Iemand heeft hem opnieuw verzegeld. Waarschuw de afzender.")
}

function inGroups(digits) {
  return digits.match(/.{4}/g).join(" ")
}
