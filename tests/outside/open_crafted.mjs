// What the opener says of a folder of crafted files: `node open_crafted.mjs SOURCES FOLDER`, a line of JSON per case.

import { readFileSync, readdirSync } from "node:fs"
import { join } from "node:path"
import { pathToFileURL } from "node:url"

const [sources, folder] = process.argv.slice(2)
const load = (name) => import(pathToFileURL(join(sources, name)).href)
const { open } = await load("bundle.js")
const { identities } = await load("age.js")
const { signers } = await load("signers.js")
const { Refusal } = await load("refusal.js")

for (const name of readdirSync(folder).sort()) {
  const here = join(folder, name)
  const has = readdirSync(here)
  const bytes = (file) => new Uint8Array(readFileSync(join(here, file)))
  const beside = has.filter((file) => file.endsWith(".txt")).map((file) => [bytes(file), has.includes(`${file}.sig`) ? bytes(`${file}.sig`) : null])
  let said
  try {
    const allowed = has.includes("signers") ? signers(bytes("signers")) : null
    const opened = await open(bytes("sealed.age"), identities(bytes("key")), { beside, allowed, today: "2024-12-20" })
    said = { opens: opened.signer?.name ?? "", lapsed: opened.signer?.lapsed ?? false, receipt: opened.receipt !== null, newest: opened.newest, renewed: opened.renewed ?? "" }
  } catch (error) {
    said = error instanceof Refusal ? { refused: error.message } : { bug: String(error.stack) }
  }
  console.log(JSON.stringify([name, said]))
}
