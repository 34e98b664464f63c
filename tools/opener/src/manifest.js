// The manifest: strict, and of exactly these members, as `confidential/bundle/inventory.py` reads it.

import { sha256 } from "@noble/hashes/sha2.js"
import { bytesToHex } from "@noble/hashes/utils.js"
import { digest, like, list, record, strictly, text, whole } from "./shapes.js"
import { isDay, sameBytes } from "./text.js"

export const MANIFEST = "manifest.json", SIGNATURE = "manifest.json.sig"
const CHECKSUMS = "manifest-sha256.txt"
const MOST = 2 ** 31

const count = (least) => whole(least, MOST)
const fingerprint = like(/^([0-9a-f]{4} ){7}[0-9a-f]{4}$/)

const isInventory = record({
  kind: (value) => value === "tweeluik-bundle", schema: (value) => value === 1, edition: text, version: count(1), sequence: count(1),
  supersedes: list(digest), tool: text, source_sha256: digest, created: isDay, marking: text, classified_until: isDay, decided_by: text,
  inspection_from: isDay, inspection_until: isDay, location: text, audience: text, copy: count(0), copies: count(1),
  recipients: list(record({ role: text, holder: text, fingerprint })),
  files: list(record({ name: text, size: count(0), sha256: digest })),
})

/** The manifest, once every member was found to be what it lists. Throws otherwise. */
export function takeStock(members) {
  const manifest = strictly(members.get(MANIFEST), isInventory, 2)
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
