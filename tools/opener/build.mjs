// One HTML file from the sources and the locked packages: `node build.mjs [FILE]` (default: build-output/opener.html).

import { createHash } from "node:crypto"
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join, resolve } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"

const here = dirname(fileURLToPath(import.meta.url))
const target = resolve(process.argv[2] ?? join(here, "..", "..", "build-output", "opener.html"))
const read = (...path) => readFileSync(join(here, ...path), "utf8")

const bundled = await build({
  entryPoints: [join(here, "src", "page.js")],
  bundle: true, format: "esm", target: "es2022", minify: true, legalComments: "none", write: false, metafile: true,
})
// A script in a page ends at its first closing tag, also within a text.
const script = bundled.outputFiles[0].text.replaceAll("</script", "<\\/script")
// `bundle` puts the tokens of the ministry's theme in the place of these.
const style = `/* theme */\n${read("src", "theme.css")}/* page */\n${read("src", "page.css")}`

const used = Object.keys(bundled.metafile.inputs).flatMap((path) => path.match(/.*node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1] ?? [])
const licences = [...new Set(used)].sort().map((name) => {
  const about = JSON.parse(read("node_modules", name, "package.json"))
  return `${name} ${about.version} (${about.license})\n\n${read("node_modules", name, "LICENSE").trim()}`
})

const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`
const policy = `default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; base-uri 'none'; form-action 'none'`
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;")
const parts = { policy, style, script, licences: escaped(licences.join(`\n\n${"-".repeat(60)}\n\n`)) }
const page = read("src", "page.html").replace(/\{\{(\w+)\}\}/g, (_, name) => parts[name])

mkdirSync(dirname(target), { recursive: true })
writeFileSync(target, page)
console.log(`${target}: ${Math.round(page.length / 1024)} kB`)
