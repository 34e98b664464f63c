// Whether the opener takes texts for public records: `node read_records.mjs SOURCES`, a text in base64 per line, then 1 or 0 for each.

import { readFileSync } from "node:fs"
import { join } from "node:path"
import { pathToFileURL } from "node:url"

const load = (name) => import(pathToFileURL(join(process.argv[2], name)).href)
const { publicRecord } = await load("release.js")
const { Refusal } = await load("refusal.js")

function isTaken(data) {
  try {
    publicRecord(new Uint8Array(data))
    return 1
  } catch (error) {
    if (error instanceof Refusal) return 0
    throw error
  }
}

for (const line of readFileSync(0, "utf8").split("\n").slice(0, -1)) console.log(isTaken(Buffer.from(line, "base64")))
