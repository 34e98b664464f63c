// The manifest: strict, and of exactly these members, as `confidential/bundle/inventory.py` reads it.

import { sha256 } from "@noble/hashes/sha2.js"
import { bytesToHex } from "@noble/hashes/utils.js"
import { isDay, sameBytes } from "./text.js"

export const MANIFEST = "manifest.json", SIGNATURE = "manifest.json.sig"
const CHECKSUMS = "manifest-sha256.txt"
const MOST = 2 ** 31

const text = (value) => typeof value === "string"
const whole = (least) => (value) => Number.isInteger(value) && !Object.is(value, -0) && value >= least && value <= MOST
const like = (pattern) => (value) => text(value) && pattern.test(value)
const digest = like(/^[0-9a-f]{64}$/), fingerprint = like(/^([0-9a-f]{4} ){7}[0-9a-f]{4}$/)
const list = (fits) => (value) => Array.isArray(value) && value.every(fits)
const record = (shape) => (value) =>
  value !== null && typeof value === "object" && !Array.isArray(value) &&
  Object.keys(value).join() === Object.keys(shape).join() && Object.entries(shape).every(([key, fits]) => fits(value[key]))

const isInventory = record({
  kind: (value) => value === "tweeluik-bundle", schema: (value) => value === 1, edition: text, version: whole(1), sequence: whole(1),
  supersedes: list(digest), tool: text, source_sha256: digest, created: isDay, marking: text, classified_until: isDay, decided_by: text,
  inspection_from: isDay, inspection_until: isDay, location: text, audience: text, copy: whole(0), copies: whole(1),
  recipients: list(record({ role: text, holder: text, fingerprint })),
  files: list(record({ name: text, size: whole(0), sha256: digest })),
})

/** The manifest, once every member was found to be what it lists. Throws otherwise. */
export function takeStock(members) {
  const manifest = parse(members.get(MANIFEST))
  const content = [...members.keys()].filter((name) => ![MANIFEST, CHECKSUMS, SIGNATURE].includes(name))
  if (content.join("\n") !== manifest.files.map((file) => file.name).join("\n")) throw new Error("other members")
  for (const file of manifest.files) {
    const data = members.get(file.name)
    if (data.length !== file.size || bytesToHex(sha256(data)) !== file.sha256) throw new Error("another member")
  }
  const sums = [...manifest.files, { name: MANIFEST, sha256: bytesToHex(sha256(members.get(MANIFEST))) }]
  const lines = new TextEncoder().encode(sums.map((file) => `${file.sha256}  ${file.name}\n`).join(""))
  if (!sameBytes(members.get(CHECKSUMS) ?? new Uint8Array(), lines)) throw new Error("other checksums")
  return manifest
}

function parse(data) {
  const said = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(data)
  const manifest = JSON.parse(said)
  const canonical = `${JSON.stringify(manifest, null, 2)}\n`
  const halfCharacters = /\\u[dD]/.test(canonical.replaceAll("\\\\", ""))
  if (!isInventory(manifest) || canonical !== said || halfCharacters) throw new Error("no manifest")
  return manifest
}
