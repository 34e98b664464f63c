// age-plugin-pq for the tests: the protocol of https://c2sp.org/age-plugin around the post-quantum recipients of the npm
// package age-encryption. Copied beside that package's node_modules, and called `age-plugin-pq --age-plugin=PHASE`.

import { readSync, writeSync } from "node:fs"
import { HybridIdentity, HybridRecipient } from "./node_modules/age-encryption/dist/recipients.js"
import { bech32 } from "./node_modules/@scure/base/index.js"

function readLine() {
  const bytes = []
  const one = Buffer.alloc(1)
  while (readSync(0, one, 0, 1) === 1 && one[0] !== 10) bytes.push(one[0])
  return Buffer.from(bytes).toString("latin1")
}

function readStanza() {
  const args = readLine().split(" ").slice(1)
  let body = ""
  for (let line = "x".repeat(64); line.length === 64; body += line) line = readLine()
  return { args, body: Buffer.from(body, "base64") }
}

function send(args, body = Buffer.alloc(0)) {
  const text = body.toString("base64").replaceAll("=", "")
  const lines = text.match(/.{1,64}/g) ?? []
  if (text.length % 64 === 0) lines.push("")
  writeSync(1, `-> ${args.join(" ")}\n${lines.join("\n")}\n`)
}

function ask(args, body) {
  send(args, body)
  return readStanza()
}

const told = []
for (let stanza = readStanza(); stanza.args[0] !== "done"; stanza = readStanza()) told.push(stanza)
const all = (command) => told.filter((each) => each.args[0] === command)

if (process.argv[2] === "--age-plugin=recipient-v1") {
  const recipients = all("add-recipient").map((each) => new HybridRecipient(each.args[1]))
  for (const [file, { body }] of all("wrap-file-key").entries()) {
    for (const stanza of recipients.flatMap((each) => each.wrapFileKey(body))) {
      ask(["recipient-stanza", file, ...stanza.args], Buffer.from(stanza.body))
    }
  }
} else {
  const identities = all("add-identity").map((each) => {
    const { words } = bech32.decode(each.args[1], false)
    return new HybridIdentity(bech32.encode("AGE-SECRET-KEY-PQ-", words, false).toUpperCase())
  })
  for (const { args: [, file, ...args], body } of all("recipient-stanza")) {
    const key = identities.map((each) => each.unwrapFileKey([{ args, body }])).find(Boolean)
    if (key) ask(["file-key", file], Buffer.from(key))
  }
}
send(["done"])
